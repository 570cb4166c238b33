package bpfmc.explorer.cli;

import bpfmc.explorer.check.Choice;
import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.confirm.Confirmation;
import bpfmc.explorer.confirm.Confirmation.Expected;
import bpfmc.explorer.confirm.Confirmation.NotRun;
import bpfmc.explorer.confirm.Confirmation.Ran;
import bpfmc.explorer.livekernel.LiveKernel;
import bpfmc.explorer.report.format.ConfirmationText;
import bpfmc.explorer.search.Limits;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.load.ObjectReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code bpfmc confirm}: what the explorer says of two programs, shown on this machine. */
@Command(name = "confirm", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Runs each pair of programs at once on two CPUs of this machine, again and again, and holds what they leave behind against the explorer's list of outcomes."
                + " Programs are test-run, never attached. Takes root or CAP_BPF, and libbpf.",
        footer = {"", "Exit codes: 0 only outcomes that some order of the runs gives, 1 others were seen, 2 usage or input error, or the kernel cannot be asked, 3 others are listed but were not seen,"
                + " or a pair cannot be run, 70 an outcome was seen that is not listed: a fault of bpfmc.", "",
            "Examples:", "  bpfmc confirm counters.bpf.o", "  bpfmc confirm --initially 'flows[0].packets=5' --seconds 30 counters.bpf.o"})
final class ConfirmCommand implements Callable<Integer> {
    enum Format { text, json }

    private static final long MOST_STATES = 1_000_000;

    @Parameters(paramLabel = "OBJECT", description = "An object as clang compiled it.")
    private Path path;

    @Option(names = "--program", paramLabel = "NAME", description = "Only these programs. May be repeated.")
    private List<String> programs = List.of();

    @Option(names = "--initially", paramLabel = "FIELD=VALUE", description = "What a field holds at first, or FIELD=absent of an element. Else data is as in the object, arrays hold"
            + " zeros, and a hash map has the key of zeros, with zeros. May be repeated.")
    private List<String> initially = List.of();

    @Option(names = "--seconds", paramLabel = "TIME", defaultValue = "5", converter = Units.Seconds.class, description = "How long each pair is run (default: ${DEFAULT-VALUE}).")
    private long seconds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Begins the random delays; what is seen differs from run to run all the same (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "text", description = "text, or json: one line a pair (default: ${DEFAULT-VALUE}).")
    private Format format;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        if (seconds < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--seconds must be at least 1");
        }
        BpfObject object = ObjectReader.read(path);
        ImmutableList<BpfProgram> chosen = Choice.programs(object, programs);
        var limits = new Limits(MOST_STATES, Runtime.getRuntime().maxMemory(), Duration.ofSeconds(60));
        var how = new Confirmation.How(stated(object, chosen), Duration.ofSeconds(seconds), seed, limits);
        PrintWriter out = spec.commandLine().getOut();
        try (LiveKernel kernel = LiveKernel.open()) {
            if (format == Format.text) {
                out.println(object.name() + " on " + kernel.release());
            }
            ImmutableList<Confirmation> all = Confirmation.of(kernel, path, object, chosen, how);
            all.each(c -> out.println(format == Format.json ? JsonMapper.shared().writeValueAsString(ConfirmationText.json(object.name(), c)) : "\n" + ConfirmationText.of(c).stripTrailing()));
            if (all.isEmpty()) {
                spec.commandLine().getErr().println("bpfmc: " + object.name() + ": no two of its programs share a map: nothing can interleave");
            }
            return all.collect(ConfirmCommand::code).castToList().stream().reduce(ExitCodes.HOLDS, ExitCodes::graver);
        }
    }

    private ImmutableList<Given> stated(BpfObject object, ImmutableList<BpfProgram> chosen) {
        ImmutableList<ScenarioConditions.Holds> holds = Lists.immutable.withAll(initially).collect(text -> {
            int at = text.lastIndexOf('=');
            if (at < 1) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--initially " + text + ": write FIELD=VALUE");
            }
            return new ScenarioConditions.Holds(text.substring(0, at).strip(), text.substring(at + 1).strip(), "--initially " + text);
        });
        return new ScenarioConditions(holds, Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty()).start(object, chosen).contents();
    }

    static int code(Confirmation confirmation) {
        return switch (confirmation) {
            case NotRun n -> ExitCodes.INCONCLUSIVE;
            case Ran r -> r.seen(Expected.IMPOSSIBLE) > 0 ? ExitCodes.INTERNAL
                    : r.seen(Expected.INTERLEAVING) + r.seen(Expected.WEAKER_MEMORY) > 0 ? ExitCodes.VIOLATED
                    : r.lists(Expected.INTERLEAVING) || r.rounds() == 0 ? ExitCodes.INCONCLUSIVE : ExitCodes.HOLDS;
        };
    }
}
