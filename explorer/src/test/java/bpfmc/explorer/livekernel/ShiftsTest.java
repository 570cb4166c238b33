package bpfmc.explorer.livekernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShiftsTest {
    @Test
    void reachFarBothWays() {
        var shifts = new Shifts(new Random(1));
        int least = 0;
        int most = 0;
        for (int i = 0; i < 1000; i++) {
            int shift = shifts.next();
            least = Math.min(least, shift);
            most = Math.max(most, shift);
        }
        assertThat(least).isBetween(-1200, -1000);
        assertThat(most).isBetween(1000, 1200);
    }

    @Test
    void comeBackToWhatHasShownSomething() {
        var shifts = new Shifts(new Random(1));
        int there = 0;
        for (int i = 0; i < 2000; i++) {
            int shift = shifts.next();
            if (shift >= 400 && shift < 440) {
                shifts.shown();
                there++;
            }
        }
        assertThat(there).isGreaterThan(400);
    }
}
