package bpfmc.explorer.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

class ConstantsTest {
    private static final BpfObject OBJECT = ObjectReader.read(Path.of("..", "specs", "globals", "constants.bpf.o"));

    private static DataSection set(String... said) {
        return Constants.set(OBJECT, Lists.immutable.with(said)).maps().detect(m -> m.name().equals(".rodata")).data().orElseThrow();
    }

    private static void refused(String said, String message) {
        assertThatThrownBy(() -> set(said)).isInstanceOf(InputException.class).hasMessageStartingWith("--rodata " + said + ": ").hasMessageContaining(message);
    }

    @Test
    void areAsTheObjectSaysUnlessSaidOtherwise() {
        assertThat(set().contents()).containsExactly(1, 0, 0, 0);
        assertThat(set().knows(0, 4)).isTrue();
    }

    @Test
    void areSet() {
        assertThat(set("guarded=0x1234").contents()).containsExactly(0x34, 0x12, 0, 0);
        assertThat(set("guarded=-1").contents()).containsExactly(-1, -1, -1, -1);
        assertThat(OBJECT.maps().detect(m -> m.name().equals(".rodata")).data().orElseThrow().contents()).containsExactly(1, 0, 0, 0);
    }

    @Test
    void areAnythingButForWhatIsSet() {
        assertThat(set("any").knows(0, 4)).isFalse();
        assertThat(set("any", "guarded=7").knows(0, 4)).isTrue();
        assertThat(set("any", "guarded=7").contents()).containsExactly(7, 0, 0, 0);
    }

    @Test
    void areRefusedWhenTheyAreNone() {
        refused("guarded", "say any, or NAME=VALUE");
        refused("=1", "say any, or NAME=VALUE");
        refused("unknown=1", "there is no variable 'unknown'");
        refused("guarded=many", "'many' is no number of 64 bits");
        refused("guarded=4294967296", "guarded has 4 bytes, 4294967296 does not fit");
        BpfObject counter = ObjectReader.read(Path.of("..", "specs", "globals", "bss_counter.bpf.o"));
        String variable = counter.maps().detect(m -> m.name().equals(".bss")).value().fields().getFirst().name();
        assertThatThrownBy(() -> Constants.set(counter, Lists.immutable.with(variable + "=1"))).isInstanceOf(InputException.class)
                .hasMessageContaining("is no constant: it is in .bss; say 'initially'");
    }
}
