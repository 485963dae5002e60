//! Verdicts as sheets and as JSON.

use rules::{ConditionText, Finding, Program, Verdict};

use crate::batch::Planned;
use crate::json::Json;
use crate::table::Cell;
use crate::template::answers_sheet;
use crate::verdicts::{VerdictRow, condition_text, conditions, line_title};
use crate::workbook::Sheet;

/// More reasons than this are not listed in a workbook; it says so.
pub const MOST_REASONS: usize = 20_000;

/// The matrix: a row for each of these, a column for each condition; notes below it.
pub fn matrix_sheet(program: &Program, declarations: &[Planned], rows: &[VerdictRow], notes: &str) -> Sheet {
    let mut head = ["行号", "名称", "证书"].map(Cell::text).to_vec();
    head.extend(conditions(program).into_iter().map(|(document, condition)| {
        let title = condition_text(program, document, condition, ConditionText::Title);
        Cell::Text(format!("{title}（{}）", program.document_title(document)))
    }));
    let mut cells = vec![head];
    for row in rows {
        let Some(planned) = declarations.get(row.declaration) else { continue };
        let mut line = place(program, planned, row.line, row.row);
        line.extend(row.verdicts.iter().map(|verdict| Cell::text(program.verdict_word(*verdict))));
        cells.push(line);
    }
    add_notes(&mut cells, notes);
    let mut sheet = Sheet { frozen: (1, 3), ..Sheet::new("结论", cells) };
    sheet.widths.iter_mut().skip(3).for_each(|width| *width = 16);
    sheet
}

fn place(program: &Program, planned: &Planned, line: Option<usize>, row: u32) -> Vec<Cell> {
    vec![
        if row == 0 { Cell::Blank } else { Cell::Number(f64::from(row)) },
        Cell::text(&planned.declaration.name),
        line.map_or(Cell::Blank, |line| Cell::Text(line_title(program, planned, line))),
    ]
}

fn add_notes(cells: &mut Vec<Vec<Cell>>, notes: &str) {
    cells.push(Vec::new());
    cells.extend(notes.lines().map(|line| vec![Cell::text(line)]));
}

/// The reason of each finding that `wanted` lets through; notes below.
pub fn reasons_sheet(
    program: &Program,
    declarations: &[Planned],
    wanted: impl Fn(Verdict) -> bool,
    notes: &str,
) -> Sheet {
    let head =
        ["行号", "名称", "证书", "文件", "条件", "结论", "理由", "可以这样改变", "条款", "原文", "条件编号"];
    let mut cells = vec![head.map(Cell::text).to_vec()];
    let mut is_cut = false;
    'all: for planned in declarations {
        for finding in rules::check(program, &planned.declaration) {
            if !wanted(finding.verdict) {
                continue;
            }
            if cells.len() > MOST_REASONS {
                is_cut = true;
                break 'all;
            }
            let row = finding.line.and_then(|line| planned.lines.get(line)).copied().unwrap_or(planned.row);
            let mut line = place(program, planned, finding.line, row);
            line.extend(reason(program, planned, &finding));
            cells.push(line);
        }
    }
    if is_cut {
        cells.push(vec![Cell::Text(format!("只列出前 {MOST_REASONS} 条，其余见“结论”或分批检查"))]);
    }
    add_notes(&mut cells, notes);
    Sheet::new("理由", cells)
}

fn reason(program: &Program, planned: &Planned, finding: &Finding) -> [Cell; 8] {
    let text = |text| program.condition_text(finding, text);
    let hints = rules::hints(program, &planned.declaration, finding).join("；");
    let words = [
        program.document_title(finding.document).to_owned(),
        text(ConditionText::Title).to_owned(),
        program.verdict_word(finding.verdict).to_owned(),
        rules::explain(program, &planned.declaration, finding),
        hints,
        text(ConditionText::ClauseLabel).to_owned(),
        text(ConditionText::Quote).to_owned(),
        program.condition_id(finding.document, finding.condition).to_owned(),
    ];
    words.map(|text| Cell::text(&text))
}

/// What goes into a workbook: reasons, the matrix where there are several rows, and the answers.
pub fn export_sheets(
    program: &Program,
    declarations: &[Planned],
    rows: &[VerdictRow],
    notes: &str,
) -> Vec<Sheet> {
    let answers = answers_sheet(program, "填写内容", declarations);
    match declarations {
        [one] if one.declaration.lines.len() <= 1 => {
            vec![reasons_sheet(program, declarations, |_| true, notes), answers]
        }
        _ => {
            let is_open = |verdict| !matches!(verdict, Verdict::Met | Verdict::NotApplicable);
            vec![
                matrix_sheet(program, declarations, rows, notes),
                reasons_sheet(program, declarations, is_open, notes),
                answers,
            ]
        }
    }
}

/// The verdicts in the form in which the command prints them, with the answers and a disclaimer besides. Of several
/// declarations those conditions that do not apply, most of them, are left out.
pub fn export_json(program: &Program, declarations: &[Planned], disclaimer: &str) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.key("conditions_hash").text(program.hash());
        json.key("disclaimer").text(disclaimer);
        json.key("declarations").list(declarations, |json, planned| {
            write_declaration(json, program, planned, declarations.len() == 1);
        });
    });
    json.finish()
}

fn write_declaration(json: &mut Json, program: &Program, planned: &Planned, is_whole: bool) {
    let declaration = &planned.declaration;
    json.object(|json| {
        json.key("name").text(&declaration.name);
        json.key("answers").object(|json| {
            for (key, value) in rules::answers(program, declaration) {
                json.key(&key).text(&value);
            }
        });
        let findings = rules::check(program, declaration);
        let kept = findings.into_iter().filter(|one| is_whole || one.verdict != Verdict::NotApplicable);
        json.key("verdicts").list(kept, |json, finding| {
            write_finding(json, program, planned, &finding);
        });
        json.key("problems")
            .texts(rules::problems(program, declaration).iter().map(|problem| problem.text.as_str()));
    });
}

fn write_finding(json: &mut Json, program: &Program, planned: &Planned, finding: &Finding) {
    let declaration = &planned.declaration;
    let url = program.condition_text(finding, ConditionText::Url);
    let (page, clause) = url.split_once('#').unwrap_or((url, ""));
    let document = page.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    json.object(|json| {
        json.key("id").text(program.condition_id(finding.document, finding.condition));
        json.key("line").index(finding.line);
        json.key("verdict").text(finding.verdict.id());
        json.key("missing").texts(finding.missing.iter().map(|fact| program.fact_id(*fact)));
        json.key("reason").text(&rules::explain(program, declaration, finding));
        json.key("citation").object(|json| {
            json.key("document").text(document);
            json.key("clause").text(clause);
            json.key("quote").text(program.condition_text(finding, ConditionText::Quote));
        });
        json.key("hints").texts(rules::hints(program, declaration, finding));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::read_table;
    use crate::delimited::read_delimited;
    use crate::sample::program;
    use crate::verdicts::verdict_rows;
    use crate::workbook::write_csv;

    fn batch() -> (Program, Vec<Planned>, Vec<VerdictRow>) {
        let program = program();
        let text = "名称,所在省份,经费列入预算,证书名称,计划人数,开考最低人数\n=甲,安徽,否,web,60,30\n=甲,,,car,29,30\n乙,陕西,,,,";
        let batch = read_table(&program, &read_delimited(text).expect("a table")).expect("a batch");
        let rows = batch.declarations.iter().enumerate();
        let rows = rows.flat_map(|(index, planned)| verdict_rows(&program, index, planned)).collect();
        (program, batch.declarations, rows)
    }

    #[test]
    fn the_matrix_is_written_in_words() {
        let (program, declarations, rows) = batch();
        let sheet = matrix_sheet(&program, &declarations, &rows, "自查结果不代表审核结论");
        assert_eq!(
            write_csv(&sheet.table),
            "\u{feff}行号,名称,证书,经费列入预算（安徽通知）,计划人数不少于开考最低人数（安徽通知）\r\n\
             2,'=甲,Web前端,不符合,符合\r\n3,'=甲,汽车运用,不符合,不符合\r\n4,乙,,不适用,不适用\r\n\
             \r\n自查结果不代表审核结论\r\n"
        );
    }

    #[test]
    fn reasons_stand_with_their_quotes() {
        let (program, declarations, _) = batch();
        let csv = write_csv(&reasons_sheet(&program, &declarations, |one| one == Verdict::NotMet, "").table);
        assert!(csv.contains("3,'=甲,汽车运用,安徽通知,计划人数不少于开考最低人数,"), "{csv}");
        assert!(csv.contains(",'=原文,ah/enough\r\n"), "{csv}");
        assert_eq!(csv.lines().count(), 4, "head, two reasons, a blank row: {csv}");
    }

    #[test]
    fn the_workbook_has_a_matrix_only_where_there_are_several_rows() {
        let (program, declarations, rows) = batch();
        let names = |declarations: &[Planned]| -> Vec<String> {
            export_sheets(&program, declarations, &rows, "").into_iter().map(|sheet| sheet.name).collect()
        };
        assert_eq!(names(&declarations), ["结论", "理由", "填写内容"]);
        assert_eq!(names(&declarations[1..]), ["理由", "填写内容"]);
    }

    #[test]
    fn json_has_answers_and_verdicts() {
        let (program, declarations, _) = batch();
        let json = export_json(&program, &declarations[1..], "自查");
        let start = format!(
            r#"{{"conditions_hash":"{}","disclaimer":"自查","declarations":[{{"name":"乙","answers":{{"province":"SX"}},"verdicts":[{{"id":"ah/budget","line":null,"verdict":"not_applicable","missing":[],"reason":""#,
            program.hash()
        );
        assert!(json.starts_with(&start), "{json}");
        assert!(json.ends_with(r#""problems":[]}]}"#), "{json}");
        let both = export_json(&program, &declarations, "");
        assert!(both.contains("\"not_met\"") && !both.contains("\"not_applicable\""), "{both}");
    }
}
