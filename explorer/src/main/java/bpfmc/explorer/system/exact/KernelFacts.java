package bpfmc.explorer.system.exact;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.call.Calls;
import bpfmc.model.call.Use;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.ContextFields;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Apply.Operator;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Comparison.Literal;
import bpfmc.model.value.Comparison.Order;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Place;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Symbol.Kind;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.bits.Conditions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What the kernel guarantees of inputs that conditions speak of: objects lie in the upper half of the address space, aligned, and do not overlap
 * while both are there; the part of a packet that programs reach directly is no longer than the packet (include/linux/skbuff.h, skb_headlen),
 * and helpers that only pull more of it into reach never shorten it.
 */
final class KernelFacts {
    /** Helpers after which at least as much of the packet is in reach as before (net/core/filter.c, bpf_try_make_writable). */
    private static final Set<String> PULLING = Set.of("skb_store_bytes", "l3_csum_replace", "l4_csum_replace", "skb_pull_data", "clone_redirect", "tail_call");

    private KernelFacts() {}

    /** {@return the conditions, and what is true of the inputs that they speak of} */
    static Conditions with(Scenario scenario, Conditions conditions) {
        if (!conditions.anyUnknown(s -> s.kind() == Kind.ADDRESS || s.kind() == Kind.PACKET && s.detail() == Symbol.LENGTH)) {
            return conditions;
        }
        Set<Symbol> all = new TreeSet<>();
        conditions.used().forEachUnknown(all::add);
        ImmutableList<Symbol> symbols = Lists.immutable.withAll(all);
        ImmutableList<Symbol> places = symbols.select(s -> s.kind() == Kind.ADDRESS);
        Conditions told = conditions.and(places.flatCollect(KernelFacts::placed)).and(symbols.flatCollect(s -> lengths(scenario, s, symbols)));
        for (int i = 0; i < places.size(); i++) {
            for (int j = i + 1; j < places.size(); j++) {
                told = Place.together(places.get(i), places.get(j)) ? told.andOneOf(Place.apart(places.get(i), places.get(j))) : told;
            }
        }
        return told;
    }

    // ---- addresses

    private static ImmutableList<Literal> placed(Symbol address) {
        Term first = Place.first(address);
        Place place = Place.of(address);
        return Lists.immutable.with(
                new Literal(new Comparison(Order.LESS_SIGNED, first, Constant.ZERO), true),
                new Literal(new Comparison(Order.LESS_UNSIGNED, first, Terms.constant(-(long) place.size())), true),
                Comparison.equal(Terms.apply(Operator.AND, first, Terms.constant(place.of().alignment() - 1)), Constant.ZERO, true));
    }

    // ---- packets

    private static ImmutableList<Literal> lengths(Scenario scenario, Symbol length, ImmutableList<Symbol> symbols) {
        if (length.kind() != Kind.PACKET || length.detail() != Symbol.LENGTH || length.owner() < 0) {
            return Lists.immutable.empty();
        }
        BpfProgram program = scenario.agents().get(length.owner()).program();
        ImmutableList<Literal> pulled = shortens(program) ? Lists.immutable.empty() : symbols.select(s -> s.kind() == Kind.PACKET
                && s.detail() == Symbol.LENGTH && s.owner() == length.owner() && s.index() > length.index()).collect(later -> atMost(length, later));
        Symbol word = new Symbol(length.owner(), Kind.CONTEXT, 0, 0, Long.BYTES);
        boolean skb = ContextFields.at(program.section().type(), 76, 4) == ContextFields.Role.PACKET_START && program.section().type() != ProgramType.FLOW_DISSECTOR;
        return skb && length.index() == 0 && symbols.contains(word) ? pulled.newWith(atMost(length, Terms.extract(word, 0, 4))) : pulled;
    }

    private static Literal atMost(Term low, Term high) {
        return new Literal(new Comparison(Order.LESS_UNSIGNED, high, low), false);
    }

    private static boolean shortens(BpfProgram program) {
        return program.code().anySatisfy(i -> i instanceof Instruction.CallHelper c && Helpers.byId(c.helper())
                .filter(h -> h.effects().contains(Helper.Effect.CHANGES_PACKET) && !PULLING.contains(h.name())).isPresent())
                || IntStream.range(0, program.size()).anyMatch(slot -> program.code().get(slot) instanceof Instruction.CallKfunc
                        && Calls.uses(program, slot).contains(Use.CHANGES_PACKET));
    }
}
