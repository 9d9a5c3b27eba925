"""Forty checks of the rulebook as a practised person would write them by hand in DuckDB's SQL.

Each shared value is computed once, each table of related rows is grouped once, and every subject is read once.
The checks are found again by id in the rulebook; the bench compares the answers and values of both row by row.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

_DIGITS = " + ".join(
    f"n17 // {10 ** (16 - i)} % 10 * {weight}"
    for i, weight in enumerate((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
)
_COMPULSORY_JUNIOR = "('七年级', '八年级', '九年级')"
_SENIOR = (
    "('普通高中一年级', '普通高中二年级', '普通高中三年级', '高一', '高二', '高三', "
    "'中职一年级', '中职二年级', '中职三年级')"
)
_ABLE = "('普通劳动力', '技能劳动力')"
_RELATIONS = (
    "('户主', '配偶', '之子', '之女', '之儿媳', '之女婿', '之孙子', '之孙女', '之外孙子', '之外孙女', '之父', '之母', "
    "'之岳父', '之岳母', '之公公', '之婆婆', '之祖父', '之祖母', '之外祖父', '之外祖母', '之兄弟姐妹', '之曾孙子', "
    "'之曾孙女', '之侄儿', '之侄女', '之兄弟媳妇', '之叔伯', '其他')"
)
_FEMALE = (
    "('之女', '之儿媳', '之孙女', '之外孙女', '之母', '之岳母', '之婆婆', '之祖母', '之外祖母', '之曾孙女', '之侄女', "
    "'之兄弟媳妇')"
)
_MALE = (
    "('之子', '之女婿', '之孙子', '之外孙子', '之父', '之岳父', '之公公', '之祖父', '之外祖父', '之曾孙子', '之侄儿', "
    "'之叔伯')"
)

# id -> (predicate, values); a leading ? says that an unknown answer is a pass
PERSON: dict[str, tuple[str, str]] = {
    "household.relation_contradicts_sex": (
        f"sex = '男' AND relation_to_head IN {_FEMALE} OR sex = '女' AND relation_to_head IN {_MALE}",
        "sex, relation_to_head",
    ),
    "household.spouse_under_marriage_age": (
        "relation_to_head = '配偶' AND (sex = '女' AND age < 20 OR sex = '男' AND age < 22)",
        "relation_to_head, sex, birth_date",
    ),
    "health.both_medical_insurances": (
        "resident_medical_ins IS TRUE AND employee_medical_ins IS TRUE",
        "resident_medical_ins, employee_medical_ins",
    ),
    "health.no_medical_insurance": (
        "resident_medical_ins IS NOT TRUE AND employee_medical_ins IS NOT TRUE AND in_active_service IS NOT TRUE "
        "AND birth_date < 20230919",
        "resident_medical_ins, employee_medical_ins, in_active_service, birth_date",
    ),
    "health.flags_missing": (
        "dibao_status IS NULL OR tekun_status IS NULL OR commercial_medical_ins IS NULL "
        "OR received_medical_aid IS NULL OR other_health_aid IS NULL",
        "dibao_status, tekun_status, commercial_medical_ins, received_medical_aid, other_health_aid",
    ),
    "health.healthy_and_ill": (
        "?contains(health_status, ',健康,') AND health_status <> ',健康,'",
        "health_status",
    ),
    "health.no_major_illness_insurance": (
        "major_illness_ins IS NULL OR major_illness_ins IS FALSE AND resident_medical_ins IS TRUE",
        "major_illness_ins, resident_medical_ins",
    ),
    "education.primary_pupil_age": (
        "student_status IS NOT NULL AND student_status = '小学' AND (age < 6 OR age > 14)",
        "student_status, birth_date",
    ),
    "education.junior_pupil_age": (
        f"student_status IS NOT NULL AND student_status IN {_COMPULSORY_JUNIOR} AND (age < 12 OR age > 17)",
        "student_status, birth_date",
    ),
    "education.senior_pupil_age": (
        f"student_status IS NOT NULL AND student_status IN {_SENIOR} AND (age < 15 OR age > 20)",
        "student_status, birth_date",
    ),
    "education.school_age_child_not_at_school": (
        "student_status IS NULL AND dropout_reason IS NULL "
        "AND (education_level IS NULL OR education_level IN ('文盲或半文盲', '小学')) "
        "AND 2023 - (birth_date // 10000 + (birth_date // 100 % 100 > 8)::INTEGER) >= 6 AND age <= 15",
        "student_status, dropout_reason, education_level, birth_date",
    ),
    "education.student_over_thirty": (
        "student_status IS NOT NULL AND age > 30",
        "student_status, birth_date",
    ),
    "education.young_adult_primary_or_less": (
        "education_level IS NOT NULL AND education_level IN ('文盲或半文盲', '小学') AND age >= 16 AND age <= 22",
        "education_level, birth_date",
    ),
    "identity.birth_date_differs_from_number": (
        "NOT no_number AND id_birth IS NOT NULL AND birth_date <> id_birth",
        "id_no, birth_date",
    ),
    "identity.birth_part_invalid": (
        "?id_length IN (18, 20, 22) AND NOT no_number "
        "AND (id_birth IS NULL OR id_birth < 19000000 OR id_birth > 20231218)",
        "id_no",
    ),
    "identity.sex_differs_from_number": (
        "NOT no_number AND id_sex IS NOT NULL AND sex <> id_sex",
        "id_no, sex",
    ),
    "identity.checksum_wrong": (
        "?id_length = 18 AND NOT no_number AND check_digit_ok IS NOT TRUE",
        "id_no",
    ),
    "identity.number_length": ("?id_length NOT IN (18, 20, 22) AND NOT no_number", "id_no"),
    "identity.name_format": (
        "NOT regexp_full_match(full_name, '[^0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a \u3000]{2,}')",
        "full_name",
    ),
    "identity.ethnicity_missing": ("ethnicity IS NULL", "ethnicity"),
    "identity.political_status_outside_codelist": (
        "political_status NOT IN ('中共党员', '中共预备党员', '共青团员', '群众')",
        "political_status",
    ),
    "identity.worker_phone_invalid": (
        "?work_months > 0 AND (member_phone IS NULL OR NOT regexp_full_match(member_phone, '1[3-9][0-9]{9}'))",
        "work_months, member_phone",
    ),
    "labor.ability_missing_or_unknown": (
        f"?labor_ability IS NULL OR labor_ability NOT IN {_ABLE[:-1]}, '弱劳动力或半劳动力', '丧失劳动力', '无劳动力')",
        "labor_ability",
    ),
    "labor.child_with_labour": (
        "labor_ability IS NOT NULL AND labor_ability <> '无劳动力' AND age < 16",
        "labor_ability, birth_date",
    ),
    "labor.elder_with_full_labour": (
        f"labor_ability IS NOT NULL AND labor_ability IN {_ABLE} AND age >= 60",
        "labor_ability, birth_date",
    ),
    "labor.ill_with_full_labour": (
        f"labor_ability IS NOT NULL AND labor_ability IN {_ABLE} AND (contains(health_status, ',长期慢性病,') "
        "OR contains(health_status, ',患有大病,') OR contains(health_status, ',残疾,')) "
        "AND student_status IS NULL AND age >= 16 AND age < 60",
        "labor_ability, health_status, student_status, birth_date",
    ),
    "labor.student_with_labour": (
        "?student_status IS NOT NULL AND labor_ability <> '无劳动力'",
        "student_status, labor_ability",
    ),
    "labor.work_place_and_months": (
        "?work_place IS NOT NULL AND (work_months IS NULL OR work_months <= 0) "
        "OR work_place IS NULL AND work_months > 0",
        "work_place, work_months",
    ),
    "measure.post_without_months": (
        "?public_post_type IS NOT NULL AND (public_post_months IS NULL OR public_post_months = 0)",
        "public_post_type, public_post_months",
    ),
    "measure.post_months_without_post": (
        "?public_post_type IS NULL AND public_post_months > 0",
        "public_post_type, public_post_months",
    ),
    "household.relation_outside_codelist": (
        f"?relation_to_head IS NULL OR relation_to_head NOT IN {_RELATIONS}",
        "relation_to_head",
    ),
    "household.parent_child_age_gap": (
        "relation_to_head IN ('之子', '之女') AND (birth_date - head_birth) // 10000 < 15 "
        "OR relation_to_head IN ('之父', '之母') AND (head_birth - birth_date) // 10000 < 15",
        "relation_to_head, head_birth, birth_date",
    ),
    "identity.number_used_twice": (
        "?id_used > 1 AND NOT same_name_elsewhere",
        "id_used, same_name_elsewhere",
    ),
    "identity.same_person_in_two_households": ("?same_name_elsewhere", "same_name_elsewhere"),
    "identity.phone_shared_between_households": ("?phone_elsewhere", "phone_elsewhere"),
}
HOUSEHOLD: dict[str, tuple[str, str]] = {
    "household.no_head": ("any_relation AND NOT has_head", "any_relation, has_head"),
    "household.size_differs_from_members": ("household_size <> members", "household_size, members"),
    "living.uninsured_not_monitored": ("monitor_type IS NULL AND uninsured", "monitor_type, uninsured"),
    "identity.account_shared_by_households": ("?account_used > 1", "account_used"),
}
BENEFIT: dict[str, tuple[str, str]] = {
    "improper.post_subsidy_paid_twice": ("?programme = 'public_post' AND earlier", "programme, earlier"),
}
CHECKS = {"person": PERSON, "household": HOUSEHOLD, "benefit": BENEFIT}

# A person whose number or phone nobody else has needs no join: those groups are few.
STEPS = {
    "twice_id": "SELECT id18, count(*) AS n FROM person WHERE id18 IS NOT NULL GROUP BY id18 HAVING count(*) > 1",
    "id_pairs": """
SELECT p.row_key, any_value(n) AS n,
  bool_or(o.full_name = p.full_name AND o.household_key <> p.household_key) AS same_name_elsewhere
FROM (SELECT * FROM person SEMI JOIN twice_id USING (id18)) p
JOIN (SELECT * FROM person SEMI JOIN twice_id USING (id18)) o USING (id18) JOIN twice_id USING (id18)
GROUP BY p.row_key""",
    "twice_phone": "SELECT member_phone FROM person WHERE member_phone IS NOT NULL GROUP BY member_phone "
    "HAVING count(*) > 1",
    "phone_pairs": """
SELECT p.row_key, bool_or(o.household_key <> p.household_key) AS elsewhere
FROM (SELECT * FROM person SEMI JOIN twice_phone USING (member_phone)) p
JOIN (SELECT * FROM person SEMI JOIN twice_phone USING (member_phone)) o USING (member_phone) GROUP BY p.row_key""",
    "members_of": """
SELECT household_key, count(*) AS members, bool_or(relation_to_head IS NOT NULL) AS any_relation,
  bool_or(relation_to_head = '户主') AS head, bool_or(relation_to_head IS NULL) AS relation_unknown,
  bool_or(resident_medical_ins IS FALSE AND employee_medical_ins IS FALSE
    AND coalesce(added_on, birth_date) < 20231118) AS uninsured
FROM person GROUP BY household_key""",
    "twice_account": "SELECT bank_account_no, count(*) AS n FROM household WHERE bank_account_no IS NOT NULL "
    "GROUP BY bank_account_no HAVING count(*) > 1",
    "twice_paid": "SELECT beneficiary, programme, period FROM benefit GROUP BY ALL HAVING count(*) > 1",
    "payment_pairs": """
SELECT b.row_key, bool_or(o.row_key < b.row_key AND o.stated_item = b.stated_item) AS earlier
FROM (SELECT * FROM benefit SEMI JOIN twice_paid USING (beneficiary, programme, period)) b
JOIN (SELECT * FROM benefit SEMI JOIN twice_paid USING (beneficiary, programme, period)) o
USING (beneficiary, programme, period) GROUP BY b.row_key""",
}
SOURCES = {
    "person": f"""
SELECT *, CASE WHEN id_length >= 18 AND substr(id_no, 17, 1) IN ('1', '3', '5', '7', '9') THEN '男'
    WHEN id_length >= 18 AND substr(id_no, 17, 1) IN ('0', '2', '4', '6', '8') THEN '女' END AS id_sex,
  CASE WHEN id_length >= 18 AND mm BETWEEN 1 AND 12 AND dd BETWEEN 1 AND CASE WHEN mm = 2 THEN
    CASE WHEN yy % 4 = 0 AND (yy % 100 <> 0 OR yy % 400 = 0) THEN 29 ELSE 28 END
    WHEN mm IN (4, 6, 9, 11) THEN 30 ELSE 31 END THEN born END AS id_birth,
  substr('10X98765432', (({_DIGITS}) % 11 + 1)::INTEGER, 1) = upper(substr(id_no, 18, 1)) AS check_digit_ok
FROM (SELECT *, born // 10000 AS yy, born // 100 % 100 AS mm, born % 100 AS dd FROM (
  SELECT p.*, (20231218 - p.birth_date) // 10000 AS age, length(p.id_no) AS id_length,
    starts_with(p.id_no, '999999') AS no_number, TRY_CAST(substr(p.id_no, 1, 17) AS BIGINT) AS n17,
    TRY_CAST(substr(p.id_no, 7, 8) AS INTEGER) AS born, b.birth_date AS head_birth,
    CASE WHEN p.id18 IS NOT NULL THEN coalesce(i.n, 1) END AS id_used,
    CASE WHEN p.id18 IS NOT NULL THEN CASE WHEN i.row_key IS NULL THEN FALSE ELSE same_name_elsewhere END END
      AS same_name_elsewhere,
    CASE WHEN p.member_phone IS NOT NULL THEN coalesce(elsewhere, FALSE) END AS phone_elsewhere
  FROM person p LEFT JOIN household h ON h.row_key = p.household_key LEFT JOIN person b ON b.row_key = h.head_key
  LEFT JOIN id_pairs i ON i.row_key = p.row_key LEFT JOIN phone_pairs f ON f.row_key = p.row_key))""",
    "household": """
SELECT h.*, coalesce(members, 0) AS members, coalesce(any_relation, FALSE) AS any_relation,
  CASE WHEN head THEN TRUE WHEN relation_unknown THEN NULL ELSE FALSE END AS has_head,
  coalesce(uninsured, FALSE) AS uninsured, coalesce(a.n, 1) AS account_used
FROM household h LEFT JOIN members_of m ON m.household_key = h.row_key LEFT JOIN twice_account a USING (bank_account_no)""",
    "benefit": """
SELECT b.*, coalesce(earlier, FALSE) AS earlier FROM benefit b LEFT JOIN payment_pairs p ON p.row_key = b.row_key""",
}


def answer(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Writes the rows of each check: row_key, status (2 a finding, 1 unknown) and its values v0, v1, ..."""
    for name, sql in STEPS.items():
        connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")
    for subject, checks in CHECKS.items():
        names = list(checks)
        answers = ", ".join(f"{_predicate(checks[name][0])} AS c{i}" for i, name in enumerate(names))
        columns = ", ".join(dict.fromkeys(part for name in names for part in checks[name][1].split(", ")))
        hit = " OR ".join(f"c{i}" for i in range(len(names)))
        # random() keeps the filter above the answers: they are computed once
        connection.execute(
            f"CREATE TEMP TABLE hits_{subject} AS SELECT * FROM (SELECT *, {hit} OR random() < -1 AS hit "
            f"FROM (SELECT row_key, {columns}, {answers} FROM ({SOURCES[subject]}))) WHERE hit IS NOT FALSE"
        )
        for i, name in enumerate(names):
            values = ", ".join(f"{part} AS v{k}" for k, part in enumerate(checks[name][1].split(", ")))
            connection.execute(
                f"COPY (SELECT row_key, CASE WHEN c{i} THEN 2 ELSE 1 END AS status, {values} "
                f"FROM hits_{subject} WHERE c{i} IS NOT FALSE ORDER BY row_key) TO '{out / name}.parquet'"
            )


def _predicate(text: str) -> str:
    return f"coalesce({text[1:]}, FALSE)" if text.startswith("?") else text
