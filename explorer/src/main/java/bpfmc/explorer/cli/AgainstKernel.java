package bpfmc.explorer.cli;

import bpfmc.explorer.check.KernelWitness;
import bpfmc.explorer.check.RuleChoice;
import bpfmc.explorer.livekernel.Compared;
import bpfmc.explorer.livekernel.Compared.Outcome;
import bpfmc.explorer.livekernel.KernelRelease;
import bpfmc.explorer.livekernel.KernelVerdict;
import bpfmc.explorer.livekernel.LiveKernel;
import bpfmc.explorer.report.format.KernelTable;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.rules.LockRules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/** Asks the running kernel what it says of objects, beside the lock rules of its version. */
final class AgainstKernel implements AutoCloseable {
    private final LiveKernel kernel;
    private boolean disagreed;

    private AgainstKernel(LiveKernel kernel) {
        this.kernel = kernel;
    }

    /** {@return the running kernel} @throws bpfmc.model.InputException when it cannot be asked */
    static AgainstKernel open() {
        return new AgainstKernel(LiveKernel.open());
    }

    KernelRelease release() {
        return kernel.release();
    }

    /** {@return what the rules and the kernel say of programs} @throws bpfmc.model.InputException when the rules are to be those of another kernel */
    ImmutableList<Compared> compared(Path path, BpfObject object, ImmutableList<BpfProgram> programs, RuleOptions rules) {
        return Compared.of(LockRules.judge(object, programs, rules.running(kernel.release()), Lists.immutable.empty()), kernel.load(path, programs));
    }

    /** {@return the exit code of a comparison} */
    static int code(ImmutableList<Compared> compared) {
        return compared.anySatisfy(c -> c.outcome() == Outcome.DISAGREE) ? ExitCodes.VIOLATED
                : compared.anySatisfy(c -> c.outcome() == Outcome.NOT_JUDGED) ? ExitCodes.INCONCLUSIVE : ExitCodes.HOLDS;
    }

    /** {@return the rules of the running kernel, and what it says of all programs of the objects} @param err is told where the two differ */
    RuleChoice choice(ImmutableList<Path> paths, RuleOptions rules, PrintWriter err) {
        MutableMap<String, String> refused = Maps.mutable.empty();
        for (Path path : paths) {
            BpfObject object = ObjectReader.read(path);
            ImmutableList<Compared> compared = compared(path, object, object.programs(), rules);
            compared.reject(c -> c.kernel().accepted()).each(c -> refused.put(c.kernel().program(), words(c.kernel())));
            if (code(compared) != ExitCodes.HOLDS) {
                var rows = new KernelTable(release());
                rows.add(object.name(), compared);
                err.print(rows.render());
            }
            disagreed |= code(compared) == ExitCodes.VIOLATED;
        }
        return new RuleChoice(rules.running(release()), rules.waived(), Optional.of(new KernelWitness(release().toString(), refused.toImmutable())));
    }

    private static String words(KernelVerdict verdict) {
        return verdict.stage() + ": " + verdict.words().replace("\n", " / ");
    }

    /** {@return whether the rules and the kernel disagreed on some program} */
    boolean disagreed() {
        return disagreed;
    }

    @Override
    public void close() {
        kernel.close();
    }
}
