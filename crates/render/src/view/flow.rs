//! The course of an application as a drawing: one lane per actor, from top to bottom.

use content::ProvincialGuide;
use serde::Serialize;

use super::text_width::wrap;

/// The drawing, in units of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Flow {
    /// Width.
    pub(crate) width: i32,
    /// Height.
    pub(crate) height: i32,
    /// Actors, left to right in the order they first act.
    pub(crate) lanes: Vec<Lane>,
    /// Steps, top to bottom.
    pub(crate) boxes: Vec<StepBox>,
    /// From each step to the next.
    pub(crate) arrows: Vec<Arrow>,
}

/// The column of one actor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Lane {
    /// Left end.
    pub(crate) x: i32,
    /// Width.
    pub(crate) width: i32,
    /// Middle.
    pub(crate) middle: i32,
    /// Lines of its name.
    pub(crate) lines: Vec<Line>,
}

/// One step, or several that follow each other in one lane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct StepBox {
    /// Left end.
    pub(crate) x: i32,
    /// Top.
    pub(crate) y: i32,
    /// Width.
    pub(crate) width: i32,
    /// Height.
    pub(crate) height: i32,
    /// Where its lines begin.
    pub(crate) text_x: i32,
    /// Middle.
    pub(crate) middle: i32,
    /// Lines of the titles, with their numbers.
    pub(crate) lines: Vec<Line>,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Line {
    /// Base line.
    pub(crate) y: i32,
    /// The text.
    pub(crate) text: String,
}

/// A line from one box to the next, as the data of an SVG path, and the tip of its arrow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Arrow {
    /// `M … V …`
    pub(crate) path: String,
    /// Middle of the tip.
    pub(crate) x: i32,
    /// Its end.
    pub(crate) y: i32,
}

const WIDTH: i32 = 860;
const MOST_LANES: usize = 6;
/// More steps than this are no overview: the review chain is drawn instead.
const MOST_STEPS: usize = 20;
const GAP: i32 = 12;
const PADDING: i32 = 8;
const LINE: i32 = 20;
const BETWEEN: i32 = 24;
const EM: f32 = 15.0;

/// Name of the lane of those who act too seldom to have one.
const OTHERS: &str = "其他各方";

/// Something somebody does.
#[derive(Debug, Clone, Copy)]
struct Step<'a> {
    actor: &'a str,
    title: &'a str,
}

/// Draws the course of an application: the steps of the guide, or its review chain when there are too many steps.
pub(crate) fn flow(guide: &ProvincialGuide) -> Option<Flow> {
    let steps = guide.steps.iter().map(|step| Step { actor: &step.actor, title: &step.title });
    let roles = guide.roles.iter().map(|role| Step { actor: &role.actor, title: &role.does });
    let turns: Vec<Step<'_>> = if steps.len() <= MOST_STEPS { steps.collect() } else { roles.collect() };
    draw(&turns)
}

/// None when there are fewer than two steps. Steps that follow each other in one lane share a box.
fn draw(steps: &[Step<'_>]) -> Option<Flow> {
    if steps.len() < 2 {
        return None;
    }
    let actors = lanes(steps);
    let count = actors.len() as i32;
    let lane_width = (WIDTH / count).min(300);
    let ems = (lane_width - GAP - 2 * PADDING) as f32 / EM;
    let names: Vec<Vec<String>> = actors.iter().map(|actor| wrap(actor, ems)).collect();
    let head = PADDING * 2 + LINE * names.iter().map(Vec::len).max().unwrap_or(1) as i32;

    let mut boxes: Vec<StepBox> = Vec::new();
    let mut top = head + GAP / 2;
    let mut before = None;
    for (step, number) in steps.iter().zip(1..) {
        let lane = lane_of(step, &actors);
        if before != Some(lane) {
            top += if before.is_some() { BETWEEN } else { 0 };
            boxes.push(empty_box(lane as i32 * lane_width, lane_width, top));
        }
        before = Some(lane);
        let actor = if actors[lane] == OTHERS { format!("{}：", actor(step)) } else { String::new() };
        if let Some(step_box) = boxes.last_mut() {
            let lines = placed(
                wrap(&format!("{number} {actor}{}", step.title), ems),
                step_box.y + step_box.height - PADDING,
            );
            step_box.height += LINE * lines.len() as i32;
            step_box.lines.extend(lines);
            top = step_box.y + step_box.height;
        }
    }

    Some(Flow {
        width: lane_width * count,
        height: top + GAP,
        lanes: names
            .into_iter()
            .zip(0..)
            .map(|(name, lane)| Lane {
                x: lane * lane_width,
                width: lane_width,
                middle: lane * lane_width + lane_width / 2,
                lines: placed(name, PADDING),
            })
            .collect(),
        arrows: boxes.windows(2).map(|pair| arrow(&pair[0], &pair[1])).collect(),
        boxes,
    })
}

/// Who acts, without the remark in brackets that tells in which case.
fn actor<'a>(step: &Step<'a>) -> &'a str {
    step.actor.split(['（', '(']).next().unwrap_or_default().trim()
}

/// Actors in the order they first act; of too many those who act most often, and one lane for the others.
fn lanes<'a>(steps: &[Step<'a>]) -> Vec<&'a str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for step in steps {
        match counts.iter_mut().find(|(name, _)| *name == actor(step)) {
            Some((_, count)) => *count += 1,
            None => counts.push((actor(step), 1)),
        }
    }
    let all: Vec<&str> = counts.iter().map(|(name, _)| *name).collect();
    if all.len() <= MOST_LANES {
        return all;
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(MOST_LANES - 1);
    let mut kept: Vec<&str> =
        all.into_iter().filter(|name| counts.iter().any(|(often, _)| often == name)).collect();
    kept.push(OTHERS);
    kept
}

fn lane_of(step: &Step<'_>, actors: &[&str]) -> usize {
    actors.iter().position(|name| *name == actor(step)).unwrap_or(actors.len() - 1)
}

fn empty_box(lane_left: i32, lane_width: i32, top: i32) -> StepBox {
    StepBox {
        x: lane_left + GAP / 2,
        y: top,
        width: lane_width - GAP,
        height: 2 * PADDING,
        text_x: lane_left + GAP / 2 + PADDING,
        middle: lane_left + lane_width / 2,
        lines: Vec::new(),
    }
}

fn arrow(from: &StepBox, to: &StepBox) -> Arrow {
    let start = from.y + from.height;
    let path = format!("M{} {start}v{}H{}V{}", from.middle, BETWEEN / 2 - 3, to.middle, to.y - 1);
    Arrow { path, x: to.middle, y: to.y - 1 }
}

fn placed(lines: Vec<String>, top: i32) -> Vec<Line> {
    lines.into_iter().zip(0..).map(|(text, row)| Line { y: top + LINE * row + 15, text }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step<'a>(title: &'a str, actor: &'a str) -> Step<'a> {
        Step { actor, title }
    }

    #[test]
    fn each_actor_has_a_lane_and_each_turn_a_box_below_the_last() {
        let steps = [
            step("注册平台", "院校"),
            step("填报", "院校（已注册的）"),
            step("初审", "市教育局"),
            step("修改后重新提交", "院校"),
        ];
        let drawing = draw(&steps).expect("there are steps");
        assert_eq!((drawing.lanes.len(), drawing.boxes.len(), drawing.arrows.len()), (2, 3, 2));
        assert_eq!(drawing.boxes[0].lines.len(), 2);
        assert_eq!(drawing.boxes[0].middle, drawing.boxes[2].middle);
        assert!(drawing.boxes[0].middle < drawing.boxes[1].middle);
        assert!(drawing.boxes.windows(2).all(|pair| pair[0].y + pair[0].height < pair[1].y));
        assert!(drawing.boxes.iter().all(|step| step.y + step.height < drawing.height));
        assert!(drawing.boxes.iter().flat_map(|step| &step.lines).all(|line| line.y < drawing.height));
    }

    #[test]
    fn actors_beyond_the_sixth_share_a_lane_and_are_named_in_it() {
        let actors = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "甲"];
        let steps = actors.map(|actor| step("办", actor));
        let drawing = draw(&steps).expect("there are steps");
        assert_eq!(drawing.lanes.len(), MOST_LANES);
        assert_eq!(drawing.lanes[5].lines[0].text, OTHERS);
        assert!(drawing.boxes.iter().flat_map(|step| &step.lines).any(|line| line.text == "7 庚：办"));
    }

    #[test]
    fn one_step_is_no_drawing() {
        assert_eq!(draw(&[step("注册", "院校")]), None);
    }
}
