//! The review chain as a drawing: who hands an application on to whom, from left to right.

use content::Role;
use serde::Serialize;

use super::text_width::wrap;

/// The drawing, in units of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Chain {
    /// Width.
    pub(crate) width: i32,
    /// Height.
    pub(crate) height: i32,
    /// One per role, in order.
    pub(crate) links: Vec<ChainLink>,
    /// From each to the next, as the data of SVG paths: the line, and the tip of its arrow.
    pub(crate) arrows: Vec<String>,
}

/// The box of one role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ChainLink {
    /// Left end.
    pub(crate) x: i32,
    /// Top.
    pub(crate) y: i32,
    /// Width.
    pub(crate) width: i32,
    /// Height.
    pub(crate) height: i32,
    /// Middle.
    pub(crate) middle: i32,
    /// Base lines and lines of the number and name.
    pub(crate) lines: Vec<(i32, String)>,
}

const IN_A_ROW: usize = 6;
const BOX: i32 = 122;
const GAP: i32 = 24;
const BETWEEN_ROWS: i32 = 32;
const MARGIN: i32 = 2;
const PADDING: i32 = 10;
const LINE: i32 = 20;
const EM: f32 = 14.0;

/// Draws the roles; none when there are fewer than two.
pub(crate) fn chain(roles: &[Role]) -> Option<Chain> {
    if roles.len() < 2 {
        return None;
    }
    let ems = (BOX - 2 * PADDING) as f32 / EM;
    let names: Vec<Vec<String>> =
        roles.iter().zip(1..).map(|(role, number)| wrap(&format!("{number} {}", role.actor), ems)).collect();
    let mut links: Vec<ChainLink> = Vec::with_capacity(roles.len());
    let mut top = MARGIN;
    for row in names.chunks(IN_A_ROW) {
        let height = 2 * PADDING + LINE * row.iter().map(Vec::len).max().unwrap_or(1) as i32;
        links.extend(row.iter().zip(0..).map(|(name, column)| link(name, column, top, height)));
        top += height + BETWEEN_ROWS;
    }
    let columns = roles.len().min(IN_A_ROW) as i32;
    Some(Chain {
        width: columns * BOX + (columns - 1) * GAP + 2 * MARGIN,
        height: top - BETWEEN_ROWS + MARGIN,
        arrows: links.windows(2).map(|pair| arrow(&pair[0], &pair[1])).collect(),
        links,
    })
}

fn link(name: &[String], column: i32, top: i32, height: i32) -> ChainLink {
    let x = MARGIN + column * (BOX + GAP);
    let first = top + (height - LINE * name.len() as i32) / 2 + 15;
    ChainLink {
        x,
        y: top,
        width: BOX,
        height,
        middle: x + BOX / 2,
        lines: name.iter().zip(0..).map(|(line, row)| (first + LINE * row, line.clone())).collect(),
    }
}

/// To the right, or down to the beginning of the next row.
fn arrow(from: &ChainLink, to: &ChainLink) -> String {
    let (right, middle) = (from.x + from.width, from.y + from.height / 2);
    if from.y == to.y {
        return format!("M{right} {middle}H{}m-7 -5l7 5l-7 5", to.x - 2);
    }
    let between = from.y + from.height + BETWEEN_ROWS / 2 - 4;
    format!("M{} {}V{between}H{}V{}m-5 -7l5 7l5 -7", from.middle, from.y + from.height, to.middle, to.y - 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn roles(count: usize) -> Vec<Role> {
        (0..count)
            .map(|_| Role {
                actor: "市级教育行政部门".into(),
                does: "初审".into(),
                cite: sample::reference(),
                quote: String::new(),
            })
            .collect()
    }

    #[test]
    fn boxes_stand_beside_each_other_within_the_drawing() {
        let drawing = chain(&roles(8)).expect("there are roles");
        assert_eq!((drawing.links.len(), drawing.arrows.len()), (8, 7));
        for link in &drawing.links {
            assert!(link.x + link.width <= drawing.width && link.y + link.height <= drawing.height);
            assert!(link.lines.iter().all(|(y, _)| *y > link.y && *y < link.y + link.height));
        }
        assert!(drawing.links[6].y > drawing.links[5].y, "the seventh begins a row");
    }

    #[test]
    fn one_role_is_no_chain() {
        assert_eq!(chain(&roles(1)), None);
    }
}
