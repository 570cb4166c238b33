package bpfmc.explorer.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.secondopinion.RandomObjects.RandomSystem;
import bpfmc.explorer.secondopinion.enumerator.Found.Property;
import bpfmc.model.isa.Disassembler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random systems: what the enumerator finds, {@code check} finds, and what {@code check} confirms, the enumerator finds; and they end alike.
 * {@code -Dbpfmc.systems=20000} is the nightly number.
 */
class SecondOpinionTest {
    private static final int SYSTEMS = Integer.getInteger("bpfmc.systems", 300);
    private static final long FIRST = 1;

    @Test
    void findingsAreTheSame() {
        Map<Property, Integer> agreed = new EnumMap<>(Property.class);
        int passedOver = 0;
        for (long seed = FIRST; seed < FIRST + SYSTEMS; seed++) {
            Scenario scenario = RandomObjects.next(new Random(seed)).scenario();
            Optional<Comparison> compared = Comparison.of(scenario);
            passedOver += compared.isPresent() ? 0 : 1;
            if (compared.isPresent()) {
                Comparison c = compared.get();
                assertThat(c.finished()).as("system %d is explored in full: %s", seed, told(scenario)).isTrue();
                assertThat(c.onlyEnumerated()).as("check misses it, system %d: %s", seed, told(scenario)).isEmpty();
                assertThat(c.onlyConfirmed()).as("check confirms what cannot be, system %d: %s", seed, told(scenario)).isEmpty();
                assertThat(c.onlyPossible()).as("check takes for possible what cannot be, system %d: %s", seed, told(scenario)).isEmpty();
                c.enumerated().forEach(f -> agreed.merge(f.property(), 1, Integer::sum));
            }
        }
        System.out.printf("%d of %d systems compared, found %s%n", SYSTEMS - passedOver, SYSTEMS, agreed);
        assertThat(passedOver).as("systems of too many worlds").isLessThan(SYSTEMS / 5);
        assertThat(agreed.keySet()).as("properties of which something was found").containsExactly(Property.values());
    }

    @Test
    void endsAreTheSame() {
        int compared = 0;
        int several = 0;
        for (long seed = FIRST; seed < FIRST + SYSTEMS; seed++) {
            Random random = new Random(seed);
            RandomSystem system = RandomObjects.next(random);
            List<Integer> marks = IntStream.range(0, system.scenario().agents().size()).mapToObj(i -> random.nextInt(4)).toList();
            Given given = new Given(random.nextInt(2), marks);
            Optional<Ends> ends = system.exact() ? Ends.of(system.scenario(), given) : Optional.empty();
            if (ends.isPresent()) {
                compared++;
                several += ends.get().enumerated().size() > 1 ? 1 : 0;
                assertThat(ends.get().onlyEnumerated()).as("bpfmc does not reach it, system %d with %s: %s", seed, given, told(system.scenario())).isEmpty();
                assertThat(ends.get().onlyExplored()).as("only bpfmc reaches it, system %d with %s: %s", seed, given, told(system.scenario())).isEmpty();
            }
        }
        System.out.printf("%d of %d systems compared, %d end in several ways%n", compared, SYSTEMS, several);
        assertThat(compared).as("systems whose numbers bpfmc follows").isGreaterThan(SYSTEMS / 2);
        assertThat(several).as("systems that can end in several ways").isGreaterThan(SYSTEMS / 4);
    }

    private static String told(Scenario scenario) {
        List<String> lines = new ArrayList<>();
        scenario.agents().each(a -> lines.add(a.program().name() + " CPU" + a.cpu() + " " + a.level() + " rank " + a.rank()));
        lines.add("room for " + scenario.object().maps().get(RandomObjects.HASH).maxEntries());
        scenario.object().programs().each(p -> {
            lines.add(p.name() + " " + p.section().name());
            for (int slot = 0; slot < p.size(); slot++) {
                if (p.code().get(slot) != null) {
                    lines.add("  " + slot + ": " + Disassembler.text(p.code().get(slot)) + Optional.ofNullable(p.references().get(slot)).map(r -> " " + r).orElse(""));
                }
            }
        });
        return String.join("\n", lines);
    }
}
