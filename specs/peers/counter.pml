/* specs/bench/counter.bpf.c by hand: N CPUs, one blocking lock, K sections each. One transition for each visible operation of a program. */
#ifndef N
#define N 2
#endif
#ifndef K
#define K 1
#endif
bit owned;
short count;
short ended;

active [N] proctype cpu()
{
	short seen;
	byte left = K;
again:
	atomic { owned == 0 -> owned = 1 }
	seen = count;
	d_step { count = seen + 1; seen = 0 }
	atomic {
		owned = 0;
		left--;
		if
		:: left > 0 -> goto again
		:: else -> ended++; assert(ended < N || count == N * K)
		fi
	}
end:	false
}
