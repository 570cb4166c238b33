package bpfmc.explorer.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.check.FinalImages;
import bpfmc.explorer.condition.ScenarioConditions;
import bpfmc.explorer.confirm.Confirmation.Expected;
import bpfmc.explorer.confirm.Confirmation.How;
import bpfmc.explorer.confirm.Confirmation.NotRun;
import bpfmc.explorer.confirm.Confirmation.Observed;
import bpfmc.explorer.confirm.Confirmation.Ran;
import bpfmc.explorer.confirm.Confirmation.Row;
import bpfmc.explorer.livekernel.MemoryImage;
import bpfmc.explorer.livekernel.Rounds;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.ByteLists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outcomes that are made up, held against the explorer's list. */
class ConfirmationTest {
    private static final boolean X86 = System.getProperty("os.arch").equals("amd64");

    private static Scenario scenario(String sample, String name) {
        BpfObject object = ObjectReader.read(Path.of("..", "specs", sample + ".bpf.o"));
        return PairChoice.of(object, object.programs(), new KernelVersion(6, 18)).detect(s -> s.name().equals(name));
    }

    private static How how(Given... stated) {
        return new How(Lists.immutable.with(stated), Duration.ofSeconds(1), 1, Limits.NONE);
    }

    /** A machine on which each of these images was seen once. */
    private static Function<FinalImages, Observed> seeing(Function<FinalImages, ImmutableSet<MemoryImage>> images, String... strays) {
        return all -> {
            ImmutableSet<MemoryImage> seen = images.apply(all).collect(m -> new MemoryImage(m.elements().select((p, b) -> all.touched().containsKey(p)), m.returned()));
            return new Observed(new Rounds(seen.toImmutableMap(m -> m, m -> 1L), seen.size(), 0, Lists.immutable.with(0, 1)), Lists.immutable.with(strays));
        };
    }

    private static byte[] sevens(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private static ImmutableList<Row> rows(String sample, String name, Function<FinalImages, Observed> machine, Given... stated) {
        return ((Ran) Confirmation.of(scenario(sample, name), how(stated), machine)).rows();
    }

    @Test
    void aLostUpdateComesOnlyByInterleaving() {
        assertThat(rows("lock/hash_elem_no_lock", "count + count", seeing(FinalImages::all))).containsExactly(
                new Row("hash_map[0].cnt = 2", 1, Expected.IN_ORDER), new Row("hash_map[0].cnt = 1", 1, Expected.INTERLEAVING));
    }

    @Test
    void underALockEveryOutcomeIsThatOfAnOrder() {
        assertThat(rows("lock/hash_elem", "count + count", seeing(FinalImages::serial))).containsExactly(new Row("hash_map[0].cnt = 2", 1, Expected.IN_ORDER));
    }

    @Test
    void anOutcomeThatIsNotListedIsAFault() {
        ImmutableList<Row> rows = rows("lock/hash_elem_no_lock", "count + count", seeing(all -> all.all().collect(m -> new MemoryImage(
                m.elements().collectValues((place, bytes) -> bytes.map(b -> ByteLists.immutable.with(sevens(b.size())))), m.returned()))));
        assertThat(rows.collect(Row::expected)).contains(X86 ? Expected.IMPOSSIBLE : Expected.WEAKER_MEMORY);
        assertThat(rows.select(r -> r.expected().ordinal() < 2).collect(Row::observed)).containsOnly(0L);
    }

    @Test
    void whatNoRunMayTouchIsAFaultWhenItChanges() {
        assertThat(rows("lock/hash_elem", "count + count", seeing(FinalImages::all, "hash_map[{5}]"))).contains(new Row("hash_map[{5}] changed", 1, Expected.IMPOSSIBLE));
    }

    @Test
    void aLoadThatOvertakesAStoreIsNoFault() {
        ImmutableList<Row> rows = rows("litmus/store_buffering", "left + right", seeing(all -> all.all().collect(m -> new MemoryImage(m.elements(), Lists.immutable.with(2, 2)))));
        assertThat(rows.select(r -> r.observed() > 0)).containsExactly(new Row("x = 1, y = 1, left returns 2, right returns 2", 1, Expected.WEAKER_MEMORY));
        assertThat(rows.select(r -> r.observed() == 0).collect(Row::expected)).containsExactlyInAnyOrder(Expected.IN_ORDER, Expected.IN_ORDER, Expected.INTERLEAVING);
    }

    @Test
    void whatIsStatedOfMemoryIsWhereTheRunsBegin() {
        Scenario scenario = scenario("lock/hash_elem_no_lock", "count + count");
        ScenarioConditions stated = new ScenarioConditions(Lists.immutable.with(new ScenarioConditions.Holds("hash_map[0].cnt", "5", "")), Lists.immutable.empty(), Lists.immutable.empty(),
                Lists.immutable.empty());
        Given[] given = stated.start(scenario.object(), scenario.object().programs()).contents().toArray(new Given[0]);
        Ran ran = (Ran) Confirmation.of(scenario, how(given), seeing(FinalImages::all));
        assertThat(ran.initially()).isEqualTo("hash_map[0].cnt = 5");
        assertThat(ran.rows().collect(Row::outcome)).containsExactly("hash_map[0].cnt = 7", "hash_map[0].cnt = 6");
    }

    @Test
    void aKeyThatIsAbsentStaysSo() {
        BpfObject object = scenario("lock/hash_elem_no_lock", "count + count").object();
        Given absent = new ScenarioConditions(Lists.immutable.with(new ScenarioConditions.Holds("hash_map[0]", "absent", "")), Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty())
                .start(object, object.programs()).contents().getOnly();
        assertThat(rows("lock/hash_elem_no_lock", "count + count", seeing(FinalImages::all), absent).collect(Row::outcome)).containsExactly("nothing was changed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "why/perf_event | sample + sample | only tc programs are",
        "decided/two_addresses | compare + compare | what flows holds in the end is not known",
        "percpu/counter | count + count | only programs over arrays, hash maps and global data are"})
    void whatCannotBeRunSaysWhy(String sample, String name, String why) {
        Confirmation confirmation = Confirmation.of(scenario(sample, name), how(), images -> {
            throw new AssertionError("it was run");
        });
        assertThat(confirmation).isInstanceOf(NotRun.class);
        assertThat(((NotRun) confirmation).why()).startsWith(why);
    }

    @Test
    void whetherInputsMatterIsTold() {
        assertThat(((Ran) Confirmation.of(scenario("lock/hash_elem_no_lock", "count + count"), how(), seeing(FinalImages::all))).inputsMatter()).isFalse();
        assertThat(((Ran) Confirmation.of(scenario("lostupdate/through_packet", "packet + packet"), how(), seeing(FinalImages::all))).inputsMatter()).isTrue();
    }

    @Test
    void onlyALoadBehindAStoreMayOvertakeIt() {
        assertThat(overtaken("litmus/store_buffering")).isTrue();
        assertThat(overtaken("litmus/store_buffering_atomic")).isFalse();
        assertThat(overtaken("lock/hash_elem_no_lock")).isFalse();
        assertThat(overtaken("calls/global_function")).as("of functions nothing is known").isTrue();
    }

    private static boolean overtaken(String sample) {
        return StoreOrder.mayBeOvertaken(ObjectReader.read(Path.of("..", "specs", sample + ".bpf.o")).programs().getFirst());
    }
}
