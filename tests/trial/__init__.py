# ruff: noqa: E501
"""What the trial of 0.1.0 found, line by line, and the tests that failed on it.

The tests of this folder use commands and workbooks only, so ``JIXIAO_TREE=<a tree of 0.1.0> python -m pytest tests/trial``
shows each of them failing there, but for those of A13 whose names say that 0.1.0 was right. Tests of other folders go
further than the one of this folder beside them: they use functions, programs or a server that 0.1.0 has not.

| line | test |
|---|---|
| A1 noise digits of computed cells | tests/trial/test_accusations_and_numbers.py::test_a1_a_sum_that_excel_calls_equal_is_no_overspending |
| A1 a target reached | tests/trial/test_accusations_and_numbers.py::test_a1_a_target_reached_as_excel_shows_it_is_reached |
| A1 20,000 sums | tests/checks/test_accusations.py::test_twenty_thousand_sums_of_amounts_equal_what_was_typed |
| A2 another format | tests/trial/test_accusations_and_numbers.py::test_a2_saved_again_in_another_format_accuses_nobody |
| A2 every function, saved by each program | tests/collect/test_collect_resaved.py::test_saved_again_every_value_and_every_finding_stays |
| A2 cells of .xlsb without their column | tests/excel/test_binary_cells.py::test_a_cell_without_column_stands_after_the_cell_before |
| A2 formats without formulas | tests/collect/test_collect_resaved.py::test_saved_again_every_value_and_every_finding_stays |
| A2 nothing is claimed of unseen formulas | tests/checks/test_accusations.py::test_where_formulas_cannot_be_seen_nothing_is_claimed_of_them |
| A3 a blank is not 0 | tests/trial/test_accusations_and_numbers.py::test_a3_nothing_arrived_is_no_rate_of_0 |
| A3 no value, a finding | tests/trial/test_accusations_and_numbers.py::test_a3_a_value_nobody_could_compute_is_told |
| A3 a renamed field | tests/trial/test_decisions_and_corrections.py::test_d_a_renamed_label_loses_no_answer |
| A4 form, master, reports | tests/trial/test_decisions_and_corrections.py::test_a4_weights_are_those_that_apply_and_add_up_to_100 |
| A4 weights that apply | tests/pipeline/test_conditional_indicators.py::test_the_weights_a_form_prints_are_those_that_apply_and_add_up |
| A4 reports and master | tests/pipeline/test_conditional_indicators.py::test_the_master_and_the_reports_say_the_same |
| A4 every line adds up | tests/report/test_lines_add_up.py |
| A5 a waiver stays a fact | tests/trial/test_decisions_and_corrections.py::test_a5_a_waived_finding_stays_a_fact_of_the_report |
| A5 no report says nothing was found | tests/trial/test_decisions_and_corrections.py::test_a5_no_report_on_the_project_says_that_nothing_was_found |
| A6 altered digits | tests/trial/test_decisions_and_corrections.py::test_a6_every_altered_digit_is_found |
| A6 five reports, 200 digits each | tests/report/test_verify.py |
| A7 what compares no figures | tests/trial/test_accusations_and_numbers.py::test_a7_a_tolerance_keeps_what_compares_no_figures |
| A7 tolerances compare figures | tests/checks/test_adjusting.py |
| A8 copied amounts | tests/trial/test_accusations_and_numbers.py::test_a8_copied_amounts_are_found_though_the_contract_differs |
| A8 cost is budget | tests/checks/test_batch.py::test_budget_instead_of_cost_is_said_once |
| A9 literals are doubles | tests/trial/test_accusations_and_numbers.py::test_a9_a_literal_is_the_double_it_stands_for |
| A9 harmless rewrites | tests/trial/test_schemes_and_rules.py::test_a9_harmless_rewrites_are_called_equal |
| A10 元 throughout | tests/trial/test_accusations_and_numbers.py::test_a10_a_workbook_in_yuan_is_one_error_with_one_proposal |
| A11 values nobody sees | tests/trial/test_accusations_and_numbers.py::test_a11_what_nobody_sees_is_not_read_without_a_word |
| A11 every damage | tests/collect/test_collect_unseen.py |
| A12 rules | tests/trial/test_schemes_and_rules.py::test_a12_rules_give_what_a_consultant_works_out |
| A13 formula engine | tests/trial/test_schemes_and_rules.py::test_a13_functions_give_what_excel_gives |
| A13 rows 0.1.0 did right already | tests/trial/test_schemes_and_rules.py::test_a13_what_was_right_stays_right |
| A13 tables, right in 0.1.0 already | tests/trial/test_accusations_and_numbers.py::test_a13_a_formula_over_the_rows_of_a_table_gives_what_excel_gives |
| A13 arrays in one cell | tests/trial/test_schemes_and_rules.py::test_a13_an_array_where_a_cell_shows_one_value_is_refused_with_its_place |
| A13 names, arrays, areas | tests/formula/test_formula_arrays.py |
| B1 one number | tests/trial/test_what_stops_the_work.py::test_b1_b2_hostile_values_end_no_command |
| B2 control characters | tests/trial/test_what_stops_the_work.py::test_b1_b2_hostile_values_end_no_command |
| B1–B7 the whole chain | tests/pipeline/test_hostile_chain.py::test_no_command_stops |
| B3 an archive | tests/trial/test_what_stops_the_work.py::test_b3_an_archive_of_many_entries_is_not_opened_by_the_command_itself |
| B3 mails | tests/trial/test_what_stops_the_work.py::test_b3_no_mail_ends_what_fetches_the_others |
| B3 archives and mails | tests/collect/test_collect_worker.py::test_an_archive_with_millions_of_entries_costs_us_little |
| B4 a script without a guard | tests/trial/test_what_stops_the_work.py::test_b4_a_script_without_a_main_guard_ends |
| B4 batch checks | tests/trial/test_what_stops_the_work.py::test_b4_one_project_s_number_leaves_the_looks_at_all_projects |
| B4 a broken check | tests/checks/test_batch.py::test_a_broken_look_is_shown_and_stops_no_other |
| B7 a disk that fills up under the ledger | tests/ledger/test_ledger.py::test_a_disk_that_fills_up_under_the_ledger_is_said_in_chinese_and_nothing_is_lost |
| A3 a blank in a quotient | tests/checks/test_accusations.py::test_a_value_that_only_a_blank_field_makes_is_none |
| B5 days that are none | tests/trial/test_schemes_and_rules.py::test_b5_a_day_that_is_none_is_found_before_letters_go_out |
| B6 an answer that names a class | tests/trial/test_what_stops_the_work.py::test_b6_a_worker_s_answer_names_no_class |
| B6 every forged answer | tests/collect/test_collect_worker.py::test_a_pickle_is_no_answer |
| B7 a pipe in the inbox | tests/trial/test_what_stops_the_work.py::test_b7_a_pipe_in_the_inbox_is_passed_over |
| C originals and ledger | tests/trial/test_what_stops_the_work.py::test_c_an_altered_original_a_cut_and_a_lost_ledger_are_found |
| C keys, half-written files | tests/trial/test_what_stops_the_work.py::test_c_keys_are_for_their_user_only |
| B7 a full disk | tests/trial/test_what_stops_the_work.py::test_b7_a_full_disk_is_said_calmly_with_the_file |
| B7 a full disk, any file | tests/cli/test_console.py::test_a_full_disk_is_said_with_the_file |
| C names of new files reach the disk | tests/trial/test_what_stops_the_work.py::test_c_the_folder_of_a_new_file_is_synchronised_too |
| C a run killed and started again | tests/pipeline/test_killed_runs.py::test_a_run_killed_again_and_again_ends_like_one_that_never_was |
| C half-written files | tests/pipeline/test_originals_and_ledger.py::test_half_written_files_are_swept_away_however_deep |
| C the ledger on a server | tests/pipeline/test_ledger_by_address.py::test_whatever_is_done_to_it_on_the_server_is_named |
| C receipts | tests/pipeline/test_originals_and_ledger.py::test_a_printed_receipt_proves_what_the_folder_alone_cannot |
| D sheets, all mistakes at once | tests/trial/test_schemes_and_rules.py::test_d_all_mistakes_are_told_at_once |
| D a renamed 勾稽 | tests/trial/test_schemes_and_rules.py::test_d_a_renamed_sheet_of_cross_checks_is_noticed |
| D a fourth sheet | tests/trial/test_schemes_and_rules.py::test_d_a_fourth_sheet_is_laid_out_or_refused |
| D merged units | tests/trial/test_schemes_and_rules.py::test_d_merged_units_of_a_roster_are_read |
| D two spellings | tests/trial/test_schemes_and_rules.py::test_d_one_unit_in_two_spellings_is_asked_about |
| D differences of schemes | tests/trial/test_schemes_and_rules.py::test_d_a_changed_parameter_is_printed_as_written |
| D 评审意见 | tests/trial/test_decisions_and_corrections.py::test_d_marks_are_given_beside_what_they_are_given_for |
| D provisional scores | tests/trial/test_decisions_and_corrections.py::test_d_a_total_that_may_still_change_is_called_provisional |
| D a renamed label | tests/trial/test_decisions_and_corrections.py::test_d_a_renamed_label_loses_no_answer |
| E 整改表 | tests/trial/test_decisions_and_corrections.py::test_e_what_goes_back_can_be_passed |
| E every code, one round | tests/pipeline/test_every_error_can_be_passed.py::test_it_can_be_passed |
| E a round looked at first | tests/trial/test_decisions_and_corrections.py::test_e_a_round_can_be_looked_at_first |
| E choose keeps evidence | tests/trial/test_decisions_and_corrections.py::test_e_a_chosen_return_keeps_the_papers_that_came_with_the_other |
| E choose keeps evidence, of one unit's folders | tests/pipeline/test_choosing.py::test_evidence_that_came_with_an_earlier_return_stays_with_its_project |
| E one cell, one thing to correct | tests/trial/test_decisions_and_corrections.py::test_e_one_cell_is_one_thing_to_correct |
| E letters and 整改表 count alike | tests/trial/test_decisions_and_corrections.py::test_e_letters_and_workbooks_that_go_back_count_alike |
| E reminders | tests/trial/test_decisions_and_corrections.py::test_e_a_reminder_says_no_formula_and_no_deadline_that_is_over |
| E decisions in the list | tests/pipeline/test_decisions_in_the_list.py |
| F UTF-8, --version | tests/trial/test_what_stops_the_work.py::test_f_output_is_utf_8_whatever_the_console |
| F empty texts | tests/trial/test_what_stops_the_work.py::test_f_an_empty_text_is_an_empty_cell |
| F chart axes | tests/trial/test_decisions_and_corrections.py::test_f_axis_ids_of_charts_are_numbers_without_a_sign |
| F only WPS is installed | tests/trial/test_what_stops_the_work.py::test_f_where_only_wps_is_installed_it_opens_the_master |
| F one program after the other | tests/cli/test_console.py::test_where_excel_is_missing_the_next_program_opens_the_master |
| F styles | tests/trial/test_what_stops_the_work.py::test_f_fonts_are_written_as_the_format_orders_them |
| F Office files | tests/pipeline/test_office_files.py |
"""
