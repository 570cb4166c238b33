package bpfmc.explorer.system;

import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.program.Async;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Term;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;

/** The shared memory of a state, and what others have to do with it. */
final class MemoryView {
    /** Of a step that looks at no memory. */
    static final MemoryModel.View NONE = new MemoryModel.View() {
        @Override
        public Element element(int slot) {
            throw read();
        }

        @Override
        public KeyPartition bindings(int map) {
            throw read();
        }

        @Override
        public ImmutableIntList cpuWords() {
            throw read();
        }

        @Override
        public int bucketOwner(int slot) {
            throw read();
        }

        @Override
        public boolean runs(Async async, int slot) {
            throw read();
        }

        @Override
        public ImmutableList<MemoryModel.Locking> locking() {
            throw read();
        }

        @Override
        public boolean cancelling(int slot) {
            throw read();
        }

        @Override
        public int cpuOf(int agent) {
            throw read();
        }

        @Override
        public boolean different(Term input, Term other) {
            throw read();
        }

        @Override
        public boolean watched(int slot) {
            throw read();
        }

        private static IllegalStateException read() {
            return new IllegalStateException("a silent operation reads shared memory");
        }
    };

    private MemoryView() {}

    static MemoryModel.View of(BpfSystem system, int[] state) {
        StateLayout layout = system.layout();
        return new MemoryModel.View() {
            @Override
            public Element element(int slot) {
                int component = layout.elementIfAny(slot);
                return component < 0 ? Element.UNTOUCHED : system.elements().value(state[component]);
            }

            @Override
            public KeyPartition bindings(int map) {
                return system.bindings().value(state[layout.bindings(map)]);
            }

            @Override
            public ImmutableIntList cpuWords() {
                return system.cpuWords().value(state[layout.cpuWords()]);
            }

            @Override
            public int bucketOwner(int slot) {
                return agent(a -> system.node(state, a).bucket() == slot);
            }

            @Override
            public boolean runs(Async async, int slot) {
                return agent(a -> system.node(state, a).runs(async, slot)) >= 0;
            }

            @Override
            public ImmutableList<MemoryModel.Locking> locking() {
                MutableList<MemoryModel.Locking> locking = Lists.mutable.empty();
                for (int agent = 0; agent < system.actors(); agent++) {
                    if (system.underway(state, agent)) {
                        PrivateState run = system.node(state, agent).state();
                        locking.add(new MemoryModel.Locking(agent, cpuOf(agent),
                                run.operation() instanceof VisibleOperation.Acquire lock && system.mayWait(state, agent) ? Optional.of(lock) : Optional.empty(), run.held()));
                    }
                }
                return locking.toImmutable();
            }

            @Override
            public boolean cancelling(int slot) {
                return agent(a -> system.node(state, a).operation() instanceof VisibleOperation.CancelTimer c && c.own() >= 0
                        && c.phase() != VisibleOperation.CancelTimer.Phase.ANNOUNCE && c.element().slot() == slot) >= 0;
            }

            @Override
            public int cpuOf(int agent) {
                return system.scenario().agents().get(agent).cpu();
            }

            @Override
            public boolean different(Term input, Term other) {
                return DifferentInputs.surely(system.scenario(), input, other);
            }

            @Override
            public boolean watched(int slot) {
                return agent(a -> system.node(state, a).elements().contains(slot)) >= 0;
            }

            /** {@return the first agent of which this is true, -1 when it is true of none} */
            private int agent(IntPredicate is) {
                for (int agent = 0; agent < system.actors(); agent++) {
                    if (is.test(agent)) {
                        return agent;
                    }
                }
                return -1;
            }
        };
    }
}
