package bpfmc.model.rules;

import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.Contained;
import bpfmc.model.program.load.AllocatedFields;
import bpfmc.model.value.Value;
import bpfmc.model.verifier.VerifierPoint;
import java.util.Optional;

/** What is added to a list or tree, or taken from a tree, is the node of the struct that the head or root is said to contain. */
final class GraphNodeType implements LockRule.OfRun {
    @Override
    public String id() {
        return "graph-node-type";
    }

    @Override
    public Optional<Breach> judge(VerifierPoint m, Kernel kernel) {
        if (!Graph.takesNode(m) || !(m.argument(2) instanceof Value.Pointer p) || m.released(p)
                || !(m.origin(p).orElse(null) instanceof Origin.Allocated object) || !Structs.is(m, object.type()) || !m.range(p.offset()).isExact()) {
            return Optional.empty();
        }
        return wrong(m, object.type(), m.range(p.offset()).value(), kernel);
    }

    private static Optional<Breach> wrong(VerifierPoint m, long type, long offset, Kernel kernel) {
        SpecialKind head = Graph.head(m).orElseThrow();
        SpecialKind node = head == SpecialKind.LIST_HEAD ? SpecialKind.LIST_NODE : SpecialKind.RB_NODE;
        if (offset < 0) {
            return Optional.of(Breach.because("the node's address lies before its object").saying("negative", offset));
        }
        if (Locks.visible(AllocatedFields.of(m.object(), type), kernel).noneSatisfy(f -> f.kind() == node && f.offset() == offset)) {
            return Optional.of(Breach.because("struct " + Structs.name(m, type) + " has no " + node.structName() + " at offset " + offset)
                    .saying("none", node.structName(), offset));
        }
        return Graph.contained(m, kernel).filter(c -> Structs.is(m, c.struct())).flatMap(c -> another(m, c, head, node, type, offset));
    }

    private static Optional<Breach> another(VerifierPoint m, Contained contained, SpecialKind head, SpecialKind node, long type, long offset) {
        Breach breach = Breach.because("the " + head.structName() + " contains struct " + Structs.name(m, contained.struct()) + " by its node at offset "
                + contained.node() + ", and the node is the one at offset " + offset + " of struct " + Structs.name(m, type));
        return contained.struct() != type
                ? Optional.of(breach.with(head.structName(), node.structName(), contained.node(), Structs.name(m, contained.struct()), offset, Structs.name(m, type)))
                : contained.node() != offset
                ? Optional.of(breach.saying("offset", offset, node.structName(), contained.node(), Structs.name(m, type))) : Optional.empty();
    }
}
