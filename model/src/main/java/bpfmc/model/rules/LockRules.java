package bpfmc.model.rules;

import bpfmc.model.call.Knowledge;
import bpfmc.model.flow.ControlFlow;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.RefusedTypes;
import bpfmc.model.verifier.VerifierPoint;
import bpfmc.model.verifier.VerifierRun;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.ImmutableMap;

/** The list of all rules, and the judge that asks them in the order in which the verifier would find fault. */
public final class LockRules {
    private static final ImmutableList<LockRule.OfMap> OF_MAPS = Lists.immutable.with(
            new Privilege.OfMaps(), new OneLockPerValue.InMap(), new OneLockKind(), new LockArray(), new FieldLimits(), new LockMapType(),
            new ReadWriteOnlyMap(), new GraphRootNeedsLock(), new InnerMapLock(), new FrozenLock(), new MmapableLock());

    private static final ImmutableList<LockRule.OfObject> OF_OBJECTS = Lists.immutable.with(new TypesLoad());

    private static final ImmutableList<LockRule.OfProgram> OF_PROGRAMS = Lists.immutable.with(
            new ValidCode.Everywhere(), new KnownFunction(), new TracingProgram(), new TracingGraph(), new TracingTimer(), new SocketFilter(), new SleepableProgram(),
            new SleepableMapType());

    /** In the order of the verifier: what it checks before a call's arguments, the arguments, the locks. */
    private static final ImmutableList<LockRule.OfRun> OF_RUNS = Lists.immutable.with(
            new ValidCode.Reached(), new Privilege.OfCalls(), new UnlockBeforeExit(), new KfuncProgramType(), new PacketLoadUnderLock(), new OneLockHeld(),
            new TailCallUnderLock(), new SleepUnderLock(), new CallsUnderLock(), new GlobalFunctionUnderLock(), new SubprogramUnderLock(),
            new GlobalFunctionInRegion(), new SleepInProgram(), new SleepInRegion(), new ReferenceLeak(), new IrqBalance.AtExit(), new RcuBalance(), new PreemptBalance(),
            new ProgramBtf(), new UseAfterUnlock(), new FieldAccess(), new ObjectFieldAccess(), new RbtreeCallback(),
            new LockArgument(), new ConstantOffset(), new BtfRequired(), new TopLevelLock(), new OneLockPerValue.AtUse(), new ValueHasLock(),
            new OffsetPointsAtLock(), new ResLockAa(), new UnlockWithoutLock(), new UnlockSameLock(), new UnlockOrder(),
            new IrqBalance.Flags(), new IrqOrder(), new ObjectArgument(), new KptrExchange(), new GraphHead(), new GraphNeedsLock(), new GraphNode(), new GraphNodeType(), new LockFlag());

    private static final ImmutableList<LockRule.OfGap> OF_GAPS = Lists.immutable.with(new TooLarge());

    /** So many instructions are followed behind the first fault, at which the verifier stops. */
    private static final int MOST_BEHIND = 10_000;

    private static final ImmutableMap<String, RulePage> PAGES = Maps.immutable.withAll(
            all().collect(LockRule::id).distinct().toMap(id -> id, RulePage::read));

    private final BpfObject object;
    private final Kernel kernel;
    private final ImmutableList<String> waived;
    private final BooleanSupplier timeIsUp;

    private LockRules(BpfObject object, Kernel kernel, ImmutableList<String> waived, BooleanSupplier timeIsUp) {
        this.timeIsUp = timeIsUp;
        this.object = object;
        this.kernel = kernel;
        this.waived = waived;
    }

    private static ImmutableList<LockRule> all() {
        return Lists.mutable.<LockRule>empty().withAll(OF_OBJECTS).withAll(OF_MAPS).withAll(OF_PROGRAMS).withAll(OF_RUNS).withAll(OF_GAPS).toImmutable();
    }

    /** {@return the pages of all rules: objects and maps first, then programs, then runs} */
    public static ImmutableList<RulePage> pages() {
        return all().collect(LockRule::id).distinct().collect(PAGES::get);
    }

    /** {@return the page of a rule, empty when there is no rule of that name} */
    public static Optional<RulePage> page(String id) {
        return Optional.ofNullable(PAGES.get(id));
    }

    /** {@return what is not checked, and why} */
    public static String notChecked() {
        return RulePage.text("not-checked");
    }

    static RulePage pageOf(LockRule rule) {
        return PAGES.get(rule.id());
    }

    /**
     * Judges all maps and the chosen programs of an object.
     *
     * @param waived ids of rules that are not asked
     */
    public static Judgement judge(BpfObject object, ImmutableList<BpfProgram> programs, Kernel kernel, ImmutableList<String> waived) {
        return judge(object, programs, kernel, waived, () -> false);
    }

    /** The same, but no longer than the time allows. @param timeIsUp once it is, programs are not judged to their ends */
    public static Judgement judge(BpfObject object, ImmutableList<BpfProgram> programs, Kernel kernel, ImmutableList<String> waived,
            BooleanSupplier timeIsUp) {
        BpfObject known = RefusedTypes.why(object, kernel.version()).isPresent() ? object.untyped() : object;
        var rules = new LockRules(known, kernel, waived, timeIsUp);
        return new Judgement(kernel, rules.whole(object).newWithAll(known.maps().flatCollect(rules::judge)), programs.collect(rules::judge));
    }

    /** What is said of the object itself, before the kernel has refused anything of it. */
    private ImmutableList<Finding> whole(BpfObject given) {
        return OF_OBJECTS.select(this::asked).collect(rule -> rule.judge(given, kernel).map(breach -> finding(rule, ".BTF", breach)))
                .select(Optional::isPresent).collect(Optional::get);
    }

    private Finding finding(LockRule rule, String subject, Breach breach) {
        return new Finding(pageOf(rule), kernel.version(), subject, false, OptionalInt.empty(), Optional.empty(),
                pageOf(rule).message(breach, kernel.version()), breach.why(), Optional.empty(), Lists.immutable.empty());
    }

    private boolean asked(LockRule rule) {
        return !waived.contains(rule.id()) && pageOf(rule).holdsIn(kernel.version());
    }

    private ImmutableList<Finding> judge(MapDefinition map) {
        return OF_MAPS.select(this::asked).collect(rule -> rule.judge(object, map, kernel).map(breach -> finding(rule, map.name(), breach)))
                .select(Optional::isPresent).collect(Optional::get).take(1);
    }

    private Judgement.OfProgram judge(BpfProgram program) {
        MutableList<Finding> findings = Lists.mutable.empty();
        for (LockRule.OfProgram rule : OF_PROGRAMS.select(this::asked)) {
            rule.judge(object, program, kernel).ifPresent(breach -> findings.add(finding(rule, program, breach,
                    breach.related().orElse(0), OptionalInt.empty(), Lists.immutable.empty())));
        }
        Optional<ControlFlow.Fault> fault = ControlFlow.fault(program);
        if (fault.isPresent()) {
            boolean refused = findings.anySatisfy(Finding::rejects);
            return new Judgement.OfProgram(program.name(), findings.toImmutable(),
                    refused ? Optional.empty() : fault.map(f -> new VerifierRun.Gap(f.what(), f.slot())));
        }
        ImmutableList<LockRule.OfRun> asked = OF_RUNS.select(this::asked);
        Set<String> told = new HashSet<>();
        MutableList<VerifierRun.Gap> doubts = Lists.mutable.empty();
        int[] behind = {0};
        Optional<VerifierRun.Gap> gap = VerifierRun.of(new RunConfig(object, program), m -> {
            UnknownFunction.at(m, kernel).ifPresent(doubts::add);
            return (findings.noneSatisfy(Finding::rejects) || ++behind[0] <= MOST_BEHIND) && accepts(asked, m, told, findings);
        }, new Knowledge(kernel.atLeast(6, 15), kernel.atLeast(5, 5), kernel.atLeast(6, 17), kernel.atLeast(6, 18),
                kernel.atLeast(6, 8)), timeIsUp);
        Optional<Finding> endless = gap.flatMap(g -> OF_GAPS.select(this::asked).collect(rule -> rule.judge(g, kernel)
                .map(breach -> finding(rule, program, breach, g.slot(), OptionalInt.empty(), Lists.immutable.empty())))
                .select(Optional::isPresent).collect(Optional::get).getFirstOptional());
        endless.ifPresent(findings::add);
        return new Judgement.OfProgram(program.name(), findings.toImmutable(), endless.isPresent() ? doubts.getFirstOptional() : gap.or(doubts::getFirstOptional));
    }

    /** The first rule that is not kept ends the way, unless it only warns. */
    private boolean accepts(ImmutableList<LockRule.OfRun> asked, VerifierPoint m, Set<String> told, MutableList<Finding> findings) {
        if (computes(m.instruction())) {
            return true;
        }
        for (LockRule.OfRun rule : asked) {
            Optional<Breach> breach = rule.judge(m, kernel);
            if (breach.isPresent()) {
                if (told.add(rule.id() + m.slot())) {
                    findings.add(finding(rule, m.program(), breach.get(), m.slot(), breach.get().related(), m.trail()));
                }
                if (!pageOf(rule).warning()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@return whether an instruction touches nothing but registers, so that no rule has anything to say of it} */
    private static boolean computes(Instruction instruction) {
        return instruction instanceof Instruction.Alu || instruction instanceof Instruction.Move
                || instruction instanceof Instruction.Branch || instruction instanceof Instruction.Jump;
    }

    private Finding finding(LockRule rule, BpfProgram program, Breach breach, int slot, OptionalInt related,
            ImmutableList<PathHistory.Event> trail) {
        Optional<Finding.Related> other = related.isPresent()
                ? Optional.of(new Finding.Related(related.getAsInt(), program.lineAt(related.getAsInt()))) : Optional.empty();
        return new Finding(pageOf(rule), kernel.version(), program.name(), true, OptionalInt.of(slot), program.lineAt(slot),
                pageOf(rule).message(breach, kernel.version()), breach.why(), other, path(program, trail));
    }

    private static ImmutableList<Finding.Waypoint> path(BpfProgram program, ImmutableList<PathHistory.Event> trail) {
        MutableList<Finding.Waypoint> path = Lists.mutable.empty();
        for (PathHistory.Event event : trail) {
            program.lineAt(event.slot()).map(line -> new Finding.Waypoint(line, words(event.kind())))
                    .filter(w -> path.isEmpty() || !path.getLast().equals(w)).ifPresent(path::add);
        }
        return path.toImmutable();
    }

    private static String words(PathHistory.Kind kind) {
        return switch (kind) {
            case LOCK -> "lock";
            case UNLOCK -> "unlock";
            case JUMPS -> "jumps";
            case FALLS_THROUGH -> "goes on";
            case ENTERS_CALLBACK -> "runs its callback";
            case FOUND -> "finds it";
            case NOT_FOUND -> "finds nothing";
            case FAILS -> "fails";
        };
    }

    /** {@return the kernels among the known ones that accept an object's programs, and those that do not, oldest first} */
    public static ImmutableList<Judgement> matrix(BpfObject object, ImmutableList<BpfProgram> programs, boolean privileged,
            ImmutableList<String> waived) {
        return KernelVersion.KNOWN.collect(v -> judge(object, programs, new Kernel(v, privileged), waived));
    }
}
