package bpfmc.explorer.livekernel;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.livekernel.Compared.Outcome;
import bpfmc.model.btf.BtfType;
import bpfmc.model.btf.BtfTypes;
import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.isa.Disassembler;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.rules.Finding;
import bpfmc.model.rules.Kernel;
import bpfmc.model.rules.LockRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.junit.jupiter.api.Test;

/** Random programs, put together and encoded here, get from the running kernel what the rules say of them. */
class RandomProgramsAgainstKernelTest {
    private static final Path RULES = Path.of("..", "specs", "rules");
    /** The maps that programs are about, and the functions whose types theirs have. */
    private static final Path ELEMENTS = RULES.resolve("global-function-under-lock/global_functions.bpf.o");
    private static final Path RESILIENT = RULES.resolve("unlock-order/resilient.bpf.o");
    private static final Path FUNCTIONS = RULES.resolve("global-function-in-region/global_functions.bpf.o");
    private static final int PROGRAMS = Integer.getInteger("bpfmc.random.programs", 300);

    private record One(long seed, BpfProgram program, Compared compared) {
        @Override
        public String toString() {
            return "seed " + seed + ": " + compared.outcome() + ": " + compared.kernel().words() + "; the rules: " + compared.rules().collect(Finding::message) + "\n" + listing(program);
        }
    }

    @Test
    void agreeWithTheRules() {
        ImmutableList<One> all = compared(PROGRAMS, Lists.immutable.empty());
        assertThat(all.reject(o -> o.compared().outcome() == Outcome.AGREE)).isEmpty();
        assertThat(all.count(o -> o.compared().kernel().accepted())).as("programs that the kernel accepts").isBetween(PROGRAMS / 10, PROGRAMS * 9 / 10);
        assertThat(all.flatCollect(o -> o.compared().rules()).collect(Finding::rule).distinct()).as("rules that refuse some").hasSizeGreaterThan(8);
    }

    @Test
    void disagreeWithRulesOfWhichOneIsLeftOut() {
        for (String rule : List.of("unlock-before-exit", "calls-under-lock", "preempt-balance", "field-access")) {
            assertThat(compared(PROGRAMS, Lists.immutable.with(rule)).count(o -> o.compared().outcome() == Outcome.DISAGREE)).as(rule).isPositive();
        }
    }

    private static ImmutableList<One> compared(int programs, ImmutableList<String> waived) {
        try (LiveKernel kernel = Permitted.kernel(); KernelObject elements = kernel.maps(ELEMENTS); KernelObject resilient = kernel.maps(RESILIENT);
                KernelObject functions = kernel.maps(FUNCTIONS)) {
            BpfObject typed = ObjectReader.read(FUNCTIONS);
            ImmutableList<MapDefinition> maps = Lists.immutable.with(map(ELEMENTS, "elems").withIndex(0), map(RESILIENT, "rs").withIndex(1));
            ImmutableMap<String, FunctionPrototype> known = prototypes();
            ImmutableMap<String, Integer> ids = kernel.functions(known.keysView().toList().toImmutable());
            var linker = new KernelLinker(map -> map == 0 ? elements.map("elems") : resilient.map("rs"), ids::get);
            var judge = new Kernel(kernel.release().version(), true);
            MutableList<One> all = Lists.mutable.empty();
            for (long seed = 0; seed < programs; seed++) {
                BpfProgram program = RandomRegions.next(new Random(seed), known).withTypes(typed.btf());
                var object = new BpfObject("random.o", "GPL", Lists.immutable.with(program), maps, typed.btf(), Lists.immutable.empty());
                KernelVerdict verdict = kernel.load(program, linker, functions.types(), types(typed.btf(), program));
                all.add(new One(seed, program, Compared.of(LockRules.judge(object, object.programs(), judge, waived), Lists.immutable.with(verdict)).getOnly()));
            }
            return all.toImmutable();
        }
    }

    private static String listing(BpfProgram program) {
        return program.code().collectWithIndex((i, slot) -> i == null ? "" : slot + ": " + Disassembler.text(i) + "\n").makeString("");
    }

    private static MapDefinition map(Path object, String name) {
        return ObjectReader.read(object).maps().detect(m -> m.name().equals(name));
    }

    /** The kernel's functions as samples declare them. */
    private static ImmutableMap<String, FunctionPrototype> prototypes() {
        MutableMap<String, FunctionPrototype> all = Maps.mutable.empty();
        for (String sample : List.of("unlock-order/resilient", "rcu-balance/regions", "preempt-balance/regions", "irq-balance/regions")) {
            ObjectReader.read(RULES.resolve(sample + ".bpf.o")).programs().flatCollect(p -> p.references().toList()).each(r -> {
                if (r instanceof Reference.Kfunc k) {
                    all.put(k.name(), k.prototype());
                }
            });
        }
        return all.toImmutable();
    }

    /** The program's own type is that of a function of one argument as well: nothing is asked of it. */
    private static ImmutableList<Integer> types(Optional<BtfTypes> types, BpfProgram program) {
        return program.functions().collect(f -> types.orElseThrow().find(BtfType.Function.class, f.name().equals("p") ? "without_preemption" : f.name()).orElseThrow());
    }
}
