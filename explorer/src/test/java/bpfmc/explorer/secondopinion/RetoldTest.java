package bpfmc.explorer.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.check.ScenarioChecker;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.scenario.Contexts;
import bpfmc.explorer.scenario.CpuRules;
import bpfmc.explorer.scenario.Pairs;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.secondopinion.enumerator.Found;
import bpfmc.explorer.secondopinion.enumerator.NotEnumerated;
import bpfmc.explorer.secondopinion.enumerator.Schedule;
import bpfmc.explorer.secondopinion.enumerator.Setup;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.model.InputException;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.load.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/**
 * What a report tells of a confirmed finding is enough to see it happen: the enumerator follows the steps one by one, with the inputs that are named, meets the
 * numbers that are told, and in the end the finding is there. {@code -Dbpfmc.retold=2000} is the nightly number of random systems.
 */
class RetoldTest {
    private static final int SYSTEMS = Integer.getInteger("bpfmc.retold", 60);
    private static final int MOST_WORLDS = 60_000;
    private static final Limits SMALL = Limits.NONE.withMaxStates(20_000);
    private static final Path SPECS = Path.of("..", "specs");

    /** How many findings came to what. */
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void randomSystemsDoWhatIsTold() {
        for (long seed = 1; seed <= SYSTEMS; seed++) {
            follow("system " + seed, RandomObjects.next(new Random(seed)).scenario());
        }
        told(2 * SYSTEMS / 3);
    }

    @Test
    void samplesDoWhatIsTold() throws IOException {
        try (Stream<Path> files = Files.walk(SPECS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".bpf.o") && !f.startsWith(SPECS.resolve("rules")) && !f.startsWith(SPECS.resolve("bench")))
                    .sorted().toList()) {
                scenarios(file).forEach(s -> follow(SPECS.relativize(file) + ", " + s.agents().collect(a -> a.program().name() + " CPU" + a.cpu()), s));
            }
        }
        told(40);
    }

    private void told(int least) {
        System.out.println("findings followed: " + counts);
        assertThat(wrong).as("%s", counts).isEmpty();
        assertThat(counts.getOrDefault("shown", 0)).as("%s", counts).isGreaterThan(least);
    }

    private static List<Scenario> scenarios(Path file) {
        try {
            BpfObject object = ObjectReader.read(file);
            var maps = object.maps().collectInt(MapDefinition::index).toSet().toImmutable();
            return Pairs.of(new ScenarioSpace(object, object.programs(), maps, 2, 1, CpuRules.DEFAULT, Contexts.OF_SECTIONS)).castToList();
        } catch (InputException e) {
            return List.of();
        }
    }

    private void follow(String name, Scenario scenario) {
        if (Translation.of(scenario, new SmallDomain(0)).isEmpty()) {
            return;
        }
        Verdict verdict = new ScenarioChecker(Properties.all(), Lists.immutable.empty(), SMALL, Progress.NONE).check(scenario).verdict();
        if (verdict instanceof Verdict.Violated v) {
            v.faults().select(f -> f.counterexample().confirmed()).each(f -> Comparison.found(f.finding()).ifPresent(found -> follow(name, scenario, f, found)));
        }
    }

    private void follow(String name, Scenario scenario, Fault fault, Found found) {
        Counterexample told = fault.counterexample();
        if (told.steps().anySatisfy(s -> s.action().equals("walk to"))) {
            counts.merge("not followed: a walk, which the enumerator takes in other steps", 1, Integer::sum);
            return;
        }
        List<Schedule.Step> steps = told.steps().reject(Counterexample.Step::pending).reject(s -> privately(scenario, s)).collect(RetoldTest::step).castToList();
        Setup setup = Translation.of(scenario, new ReportedInputs(scenario, told)).orElseThrow();
        String came;
        try {
            Schedule.Result result = Schedule.follow(setup, steps, found, MOST_WORLDS);
            came = result.shown() ? "shown" : "not shown";
            if (!result.shown()) {
                wrong.add(name + ": " + found + " after " + result.steps() + " of " + steps.size() + " steps, inputs " + told.inputs() + "\n"
                        + told.steps().collect(s -> "  " + s.agent() + " " + s.slot() + " " + s.action() + " " + s.element() + " " + s.value() + (s.pending() ? " pending" : "")).makeString("\n"));
            }
        } catch (NotEnumerated e) {
            came = "not enumerated: " + e.getMessage();
        }
        counts.merge(came, 1, Integer::sum);
    }

    /** {@return whether the enumerator makes no step of it} Large arrays are explored as maps whose keys are followed. */
    private static boolean privately(Scenario scenario, Counterexample.Step s) {
        return s.action().equals("lookup") && scenario.object().maps().get(s.map()).type() != MapType.HASH;
    }

    private static Schedule.Step step(Counterexample.Step s) {
        String[] numbers = s.value().split(" -> ");
        boolean reads = s.action().startsWith("load") || s.action().startsWith("atomic");
        boolean writes = s.action().startsWith("store") || s.action().startsWith("atomic");
        boolean exchange = s.action().equals("atomic cmpxchg");
        OptionalLong found = s.action().equals("lookup") ? OptionalLong.of(s.value().equals("found") ? 1 : 0) : OptionalLong.empty();
        return new Schedule.Step(s.agent(), s.slot(), s.map(), s.offset(), s.size(), reads ? number(numbers[0]) : OptionalLong.empty(),
                writes && !exchange ? number(numbers[numbers.length - 1]) : OptionalLong.empty(), found);
    }

    private static OptionalLong number(String text) {
        return Optional.of(text).filter(t -> t.matches("\\d+")).map(t -> OptionalLong.of(Long.parseUnsignedLong(t))).orElse(OptionalLong.empty());
    }
}
