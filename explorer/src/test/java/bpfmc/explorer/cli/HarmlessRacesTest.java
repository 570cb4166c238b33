package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Races of two stores of one constant. */
class HarmlessRacesTest {
    private static final String NOTE = "NOTE, both sides store the same constant to active, which changes nothing: data-race/.bss.active/ingress+ingress";

    @Test
    void areNotesWhereTheVerdictHolds() {
        Cli text = Cli.run("check", "../specs/race/same_flag.bpf.o");
        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("with    " + NOTE);
        assertThat(Cli.run("check", "-q", "../specs/race/same_flag.bpf.o").out()).startsWith("HOLDS").contains(NOTE);
        assertThat(Cli.run("check", "--format", "jsonl", "../specs/race/same_flag.bpf.o").out()).contains("\"notes\":[\"data-race/.bss.active/ingress+ingress\"]").doesNotContain("violated");
    }

    @Test
    void areFaultsWhereSomebodyStoresSomethingElse() {
        Cli cleared = Cli.run("check", "-q", "../specs/race/same_flag_cleared.bpf.o");
        assertThat(cleared.code()).isEqualTo(1);
        assertThat(cleared.out()).contains("  data-race/.bss.active/idle+ingress, " + NOTE + ", data-race/.bss.active/idle+idle\n");
    }

    /** What a load reads hangs on the order, whatever is stored: the message may not be there yet when its flag is. */
    @Test
    void loadsThatRaceAreFaults() {
        Cli reader = Cli.run("check", "-q", "../specs/litmus/message_passing.bpf.o");
        assertThat(reader.code()).isEqualTo(1);
        assertThat(reader.out()).startsWith("VIOLATED").contains("data-race/.bss.flag/left+right");
    }

    /** What a place stores in the rest of a search that met a limit is not known. */
    @Test
    void areFaultsWhereNotEverythingWasExplored() {
        Cli limited = Cli.run("check", "-q", "--max-states", "2", "../specs/race/same_flag.bpf.o");
        assertThat(limited.out()).doesNotContain("NOTE");
        assertThat(limited.code()).isNotZero();
    }
}
