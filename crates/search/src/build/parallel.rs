//! Work on several threads whose result does not depend on their number.

use std::num::NonZeroUsize;

/// What `work` makes of each item, in the order of the items.
pub(super) fn map<T: Sync, R: Send>(
    items: &[T],
    threads: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let share = items.len().div_ceil(threads.get()).max(1);
    if items.len() <= share {
        return items.iter().map(work).collect();
    }
    let mut results = Vec::with_capacity(items.len());
    std::thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = items
            .chunks(share)
            .map(|items| scope.spawn(move || items.iter().map(work).collect::<Vec<R>>()))
            .collect();
        for worker in workers {
            match worker.join() {
                Ok(made) => results.extend(made),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    results
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order() {
        for threads in 1..9 {
            let threads = NonZeroUsize::new(threads).unwrap();
            assert_eq!(map(&[1, 2, 3, 4, 5], threads, |number| number * 2), [2, 4, 6, 8, 10]);
            assert!(map(&[] as &[u8], threads, |number| *number).is_empty());
        }
    }
}
