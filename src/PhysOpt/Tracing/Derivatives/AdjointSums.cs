using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Derivatives;

/// <summary>
/// The adjoints of reverse mode while they are collected: what each operation that uses a node passes on to it, and the sum of all once
/// all are there.
/// </summary>
/// <remarks>
/// Three and more are added in an order that depends on what they are and not on who came first: a cell at the end of a ring hears
/// from its neighbours in another order than all others, and yet its sum is the same expression and belongs to the same vector.
/// </remarks>
internal sealed class AdjointSums
{
    const int None = Differentiation.None;

    /// <summary>So many terms are put in order by insertion.</summary>
    const int Few = 16;

    readonly GraphBuilder g;
    readonly int[] sums; // while they are collected, the last entry of each node
    readonly int[] choices; // a node that is 0 where no choice chose it; None where a way leads there without any choice
    readonly List<(int Adjoint, int Before)> entries;
    readonly List<(int Kind, int Adjoint)> terms = []; // of the sum at hand

    internal AdjointSums(GraphBuilder g, int count)
    {
        (this.g, sums, choices, entries) = (g, new int[count], new int[count], new(2 * count));
        Array.Fill(sums, None);
    }

    /// <summary>The adjoint of each node, None where it is zero by structure; complete for those that were completed.</summary>
    internal int[] All => sums;

    /// <summary>Something is passed on to a node.</summary>
    internal void Add(int to, int adjoint, int chosen)
    {
        choices[to] = sums[to] == None ? chosen : Either(choices[to], chosen);
        entries.Add((adjoint, sums[to]));
        sums[to] = entries.Count - 1;
    }

    /// <summary>The adjoint of a node, all of which has been passed on, and where it was chosen.</summary>
    internal (int Adjoint, int Chosen) Complete(int node)
    {
        if (sums[node] == None) return (None, None);
        var (adjoint, before) = entries[sums[node]];
        if (before != None)
        {
            if (entries[before].Before == None) adjoint = g.Add(entries[before].Adjoint, adjoint);
            else adjoint = Total(sums[node]);
        }

        sums[node] = adjoint;
        return (adjoint, choices[node]);
    }

    int Total(int last)
    {
        terms.Clear();
        for (var entry = last; entry != None; entry = entries[entry].Before)
            terms.Add((g.KindOf(entries[entry].Adjoint), entries[entry].Adjoint));
        terms.Reverse();
        Order();
        var total = terms[0].Adjoint;
        for (var i = 1; i < terms.Count; i++) total = g.Add(total, terms[i].Adjoint);
        return total;
    }

    /// <summary>By kind; those of one kind stay in their order.</summary>
    void Order()
    {
        if (terms.Count > Few)
        {
            var ordered = terms.OrderBy(term => term.Kind).ToList();
            terms.Clear();
            terms.AddRange(ordered);
            return;
        }

        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(terms);
        for (var i = 1; i < span.Length; i++)
        {
            var term = span[i];
            var to = i;
            for (; to > 0 && span[to - 1].Kind > term.Kind; to--) span[to] = span[to - 1];
            span[to] = term;
        }
    }

    /// <summary>Zero where both choices are: two ways lead here.</summary>
    int Either(int first, int second) =>
        first == None || second == None ? None : first == second ? first : g.Add(first, second);
}
