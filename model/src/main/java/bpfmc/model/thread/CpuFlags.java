package bpfmc.model.thread;

/**
 * What a run has switched off on its CPU, relative to how it found the CPU.
 *
 * @param irqsOffAt slot of the instruction that switched interrupts off, {@link #NOWHERE} while they are as found
 * @param unlockRestores what the CPU's one flags word says that the next unlock restores: likewise a slot, or as found
 *     (irqsave_flags, kernel/bpf/helpers.c, Linux 7.3)
 * @param preemptionOff how many times preemption was disabled more than enabled; negative for the other way round
 * @param preemptionAt slot of the instruction that did so last, {@link #NOWHERE} while preemption is as found
 */
public record CpuFlags(int irqsOffAt, int unlockRestores, int preemptionOff, int preemptionAt) {
    static final int NOWHERE = -1;

    public static final CpuFlags AS_FOUND = new CpuFlags(NOWHERE, NOWHERE, 0, NOWHERE);

    /** {@return whether the run has switched interrupts off} */
    public boolean irqsOff() {
        return irqsOffAt != NOWHERE;
    }

    /** {@return whether the run has disabled preemption, by its count or together with interrupts} */
    public boolean noPreemption() {
        return preemptionOff > 0 || irqsOff();
    }

    /** {@return the flags after local_irq_save, whose result is kept elsewhere} */
    CpuFlags irqsSaved(int at) {
        return irqsOff() ? this : new CpuFlags(at, unlockRestores, preemptionOff, preemptionAt);
    }

    /** {@return the flags after local_irq_restore of what was found in {@code saved}} */
    CpuFlags irqsRestored(int saved) {
        return new CpuFlags(saved, unlockRestores, preemptionOff, preemptionAt);
    }

    /** {@return the flags after bpf_spin_lock: interrupts off, and the word that the unlock will restore overwritten} */
    CpuFlags locked(int at) {
        return new CpuFlags(irqsOff() ? irqsOffAt : at, irqsOffAt, preemptionOff, preemptionAt);
    }

    /** {@return the flags after bpf_spin_unlock} @param last whether no lock is owned any more, so that the word is dead */
    CpuFlags unlocked(boolean last) {
        return new CpuFlags(unlockRestores, last ? NOWHERE : unlockRestores, preemptionOff, preemptionAt);
    }

    /** {@return the flags after somebody else, on top of this run and with interrupts off, has overwritten the word} */
    CpuFlags wordOverwritten() {
        return new CpuFlags(irqsOffAt, irqsOffAt, preemptionOff, preemptionAt);
    }

    /** @param by 1 for disable, -1 for enable */
    CpuFlags preemption(int by, int at) {
        int count = preemptionOff + by;
        return new CpuFlags(irqsOffAt, unlockRestores, count, count == 0 ? NOWHERE : at);
    }
}
