"""Who could work together on a field: groups of actors that cover the sectors and several cities.

A proposal to talk, not a ranking of organisations: what is not recorded does not count here, and whoever knows the
region better pins or bans actors and asks again. Every proposal shows the parts of its score one by one:

========= =========================================================================================================
part      formula (all 0 … 1; a part that is undefined does not count)
========= =========================================================================================================
field     mean over the members of max_j w_aj·r_fj, w_aj = 1 where a source states that actor a works on field j, else
          the weight of j among the fields of its projects; r_ff = 1, r_fj = φ_fj/(1 + φ_fj) of related fields (φ as in
          :mod:`ecosystem.measures.relatedness`: 1 is as expected, so ½)
comple-   mean of the share of required sectors that have a member, and of the share of the field's related fields (by
mentarity φ) that a member works on; the first alone where the field is related to none
trust     mean over pairs of members: 1 with a recorded tie or a joint project, ½ with a common third who has one with
          both, else 0; undefined for one member
spread    effective number of cities exp(H) of the members, over the number of cities wanted, at most 1
call      share of members with a project of the call; only where a call is given
========= =========================================================================================================

Proposals are found by a heuristic: from several starts the best single step (add, swap or remove a member) until no
step helps. It finds good groups, not provably the best; on the toy region it is compared with trying all groups.
"""

from ecosystem.consortium.proposals import propose
from ecosystem.consortium.record import WEIGHTS, Bridge, Consortia, Gap, Member, Proposal
from ecosystem.consortium.report import record, rows

__all__ = ["WEIGHTS", "Bridge", "Consortia", "Gap", "Member", "Proposal", "propose", "record", "rows"]
