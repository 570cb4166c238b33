package bpfmc.explorer.cli;

import bpfmc.explorer.nightly.JobResult;
import bpfmc.explorer.nightly.NightComparison;
import bpfmc.explorer.nightly.NightFolder;
import bpfmc.explorer.nightly.NightPages;
import bpfmc.explorer.report.CheckReport;
import bpfmc.explorer.report.FailOn;
import bpfmc.explorer.report.ObjectReport;
import bpfmc.explorer.report.Unreadable;
import bpfmc.explorer.report.format.ReportFormat;
import bpfmc.explorer.report.format.ReportFormats;
import bpfmc.explorer.spec.NightFile;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfmc nightly}: all jobs of a file, kept in a dated folder, compared with the night before. */
@Command(name = "nightly", mixinStandardHelpOptions = true,
        description = {"Checks everything that a file lists, goes on after failures, and goes on where an interrupted night was.",
            "The exit code is that of the worst finding that is new: neither in the night before nor in the baseline."},
        footer = {"", "Example: bpfmc nightly nightly.yaml", "See docs/nightly.md."})
final class NightlyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What to check (YAML).")
    private Path config;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** @param name the file, and what is chosen for it: known by this from night to night */
    private record Task(String name, Path path, CheckOptions settings) {}

    @Override
    public Integer call() {
        NightFile file = NightFile.read(config);
        ImmutableList<ReportFormat> formats = file.formats().collect(NightlyCommand::format);
        MutableList<Task> tasks = Lists.mutable.empty();
        for (NightFile.Job job : file.jobs()) {
            CheckOptions settings = Settings.of(job.options().newWithAll(file.workers().map(n -> Lists.immutable.with("--workers", String.valueOf(n)))
                    .orElse(Lists.immutable.empty())));
            if (formats.anySatisfy(ReportFormat::states)) {
                settings.draw();
            }
            ObjectPaths.orScenarios(job.paths().castToList()).each(p -> tasks.add(new Task((p + " " + job.options().makeString(" ")).strip(), p, settings)));
        }
        NightFolder night = NightFolder.open(file.reports(), LocalDateTime.now());
        Optional<NightFolder> before = Optional.ofNullable(NightFolder.all(file.reports()).reject(n -> n.name().compareTo(night.name()) >= 0).getLast());
        PrintWriter out = spec.commandLine().getOut();
        long begun = System.nanoTime();
        int ended = 0;
        for (Task task : tasks) {
            ended++;
            if (file.limit().isPresent() && System.nanoTime() - begun > file.limit().get() * 1_000_000_000L) {
                out.printf("stopped after %d of %d jobs: the night's timeout of %d s; the next call goes on%n", ended - 1, tasks.size(), file.limit().get());
                return ExitCodes.INCONCLUSIVE;
            }
            String name = task.name();
            Path folder = night.job(ended, name);
            JobResult result = night.result(folder, name).orElse(null);
            if (result == null) {
                result = run(task, name, folder, formats);
                night.keep(folder, result);
                out.printf(Locale.ROOT, "%-50s %-13s %,12d states %8.2f s%n", name, result.verdict(), result.states(), result.seconds());
                out.flush();
            }
        }
        ImmutableList<JobResult> results = night.results();
        NightComparison comparison = NightComparison.of(before.map(NightFolder::results).orElse(Lists.immutable.empty()), results, file, LocalDate.now());
        String summary = NightPages.summary(night.name(), before.map(NightFolder::name), results, comparison);
        NightFolder.write(night.path().resolve("summary.md"), summary);
        night.finish();
        NightFolder.write(file.reports().resolve("index.html"), NightPages.overTime(NightFolder.all(file.reports())));
        out.print("\n" + summary.substring(0, summary.indexOf("\n## Jobs")).replaceAll("(?m)^#+ ", ""));
        out.println("\n" + night.path().resolve("summary.md"));
        return code(results, before.map(NightFolder::results).orElse(Lists.immutable.empty()), comparison);
    }

    private static ReportFormat format(String name) {
        ReportFormat format = ReportFormats.all().detect(f -> f.name().equals(name));
        if (format == null) {
            throw new InputException("formats: there is no format '" + name + "'" + Nearest.hint(ReportFormats.all().collect(ReportFormat::name), name));
        }
        return format;
    }

    private JobResult run(Task task, String name, Path folder, ImmutableList<ReportFormat> formats) {
        long begun = System.nanoTime();
        MutableList<Unreadable> unreadable = Lists.mutable.empty();
        ImmutableList<ObjectReport> reports = Lists.immutable.empty();
        String message = "";
        try {
            reports = Checks.of(task.path(), task.settings(), Filters.NONE, spec.commandLine().getErr(), ReportSink.NONE);
        } catch (InputException e) {
            message = e.getMessage();
            unreadable.add(new Unreadable(name, message));
        }
        CheckReport report = new CheckReport(reports, unreadable.toImmutable(), FailOn.WARNING, Build.origin());
        for (ReportFormat format : formats) {
            NightFolder.write(folder.resolve("report." + format.name()), format.writer().apply(report));
        }
        return new JobResult(name, message.isEmpty() ? report.status().name().toLowerCase(Locale.ROOT) : "error", findings(reports).castToList(),
                reports.sumOfLong(r -> r.report().results().sumOfLong(x -> x.exploration().states())), (System.nanoTime() - begun) / 1e9, message,
                ExitCodes.of(report));
    }

    /** What came as expected is no finding; what did not is one by the scenario's name. */
    private static ImmutableList<String> findings(ImmutableList<ObjectReport> reports) {
        return reports.flatCollect(r -> r.asExpected().isPresent()
                ? r.asExpected().get() ? Lists.immutable.<String>empty() : Lists.immutable.with("otherwise than expected: " + r.path())
                : r.report().ids()).distinct();
    }

    /** New findings count, and what could not be finished or checked at all. */
    private static int code(ImmutableList<JobResult> results, ImmutableList<JobResult> before, NightComparison comparison) {
        int code = comparison.fresh().isEmpty() ? ExitCodes.HOLDS : ExitCodes.VIOLATED;
        for (JobResult job : results) {
            boolean known = before.anySatisfy(b -> b.name().equals(job.name()) && b.verdict().equals(job.verdict()));
            if (job.code() == ExitCodes.USAGE || job.code() == ExitCodes.INCONCLUSIVE && !known) {
                code = ExitCodes.graver(code, job.code());
            }
        }
        return code;
    }
}
