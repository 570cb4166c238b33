/**
 * Nights: what came of every job, kept in plain files, and what has changed since the night before.
 *
 * <pre>
 * JobResult    what came of one job: verdict, findings, states, seconds
 * NightFolder  a night's folder: results are there as soon as a job has ended, so a night that died goes on where it was
 * NightComparison  two nights: new, fixed, changed, slower, grown; accepted findings set aside
 * NightPages   the summary of a night in Markdown, and the page of all nights
 * </pre>
 */
package bpfmc.explorer.nightly;
