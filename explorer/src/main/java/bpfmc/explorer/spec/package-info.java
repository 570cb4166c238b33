/**
 * Scenario files: YAML that says what to explore and what must come of it.
 *
 * <pre>
 * ScenarioFile   a file's scenarios
 *   Yaml           nodes with their places, so that every error names file, line and column
 *   Keys           the keys there are, in one list: the reader and the schema are made from it
 * ScenarioSpec   one scenario: an object, options of {@code bpfmc check}, agents, what is expected
 * </pre>
 */
package bpfmc.explorer.spec;
