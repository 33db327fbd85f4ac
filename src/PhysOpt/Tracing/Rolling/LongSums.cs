using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Rolling;

/// <summary>
/// The long sums of a graph: chains of additions and subtractions, as an accumulator in a loop makes them, whose partial results
/// nothing else
/// needs. Which terms are added in which order is then free to choose.
/// </summary>
/// <remarks>
/// Only the longest way through the additions is taken for the accumulator; what is added to it is a term, however many additions
/// that holds,
/// so that differences which cancel stay together.
/// </remarks>
internal sealed class LongSums
{
    /// <summary>Sums of fewer terms are left as they are.</summary>
    internal const int FewestTerms = 16;

    /// <summary>Where there are many sums alike of at most so many terms, they are better computed side by side, term by term.</summary>
    const int MostTermsSideBySide = 64;

    readonly Graph graph;
    readonly int[] depths; // of an addition that has one use: the number of additions on the longest way through such ones, itself included
    readonly Role[] roles;

    enum Role : byte
    {
        None,
        Partial,
        Whole,
    }

    /// <param name="graph">The graph.</param>
    /// <param name="uses">How often each node is an operand of a node that is needed, or an output; 0 where it is not needed.</param>
    internal LongSums(Graph graph, int[] uses)
    {
        this.graph = graph;
        depths = new int[graph.Count];
        var (longest, exact) = (0, graph.Exact);
        for (var k = graph.InputCount; k < depths.Length; k++)
        {
            var (operation, a, b) = graph[k];
            if (uses[k] == 0 || !IsAddition(operation) || (exact is not null && exact[k])) continue; // a jump asks for the script's order
            var depth = 1 + System.Math.Max(depths[a], depths[b]);
            longest = System.Math.Max(longest, depth);
            depths[k] = depth;
            if (uses[k] == 1) continue;
            if (depth + 1 >= FewestTerms) (roles ??= new Role[depths.Length])[k] = Role.Whole;
            depths[k] = 0; // others may use it, but not take it apart
        }

        roles ??= longest + 1 >= FewestTerms ? new Role[depths.Length] : [];
        if (roles.Length > 0) FindWholes();
    }

    /// <summary>True where there is none.</summary>
    internal bool IsEmpty => roles.Length == 0;

    /// <summary>True for a node that is only a part of a long sum.</summary>
    internal bool IsPartial(int node) => roles.Length > 0 && roles[node] == Role.Partial;

    /// <summary>True for the last addition of a long sum.</summary>
    internal bool IsWhole(int node) => roles.Length > 0 && roles[node] == Role.Whole;

    /// <summary>The additions of a long sum, the last one first.</summary>
    internal void Additions(int whole, List<int> additions)
    {
        additions.Clear();
        for (var k = whole; k >= 0; k = Accumulator(k)) additions.Add(k);
    }

    /// <summary>The operand that is the partial sum; -1 where both are terms.</summary>
    internal int Accumulator(int addition)
    {
        var (_, a, b) = graph[addition];
        return depths[a] == 0 && depths[b] == 0 ? -1 : depths[a] >= depths[b] ? a : b;
    }

    static bool IsAddition(Operation operation) => operation.SignInSum != 0;

    void FindWholes()
    {
        var alike = new Dictionary<int, int>(); // by a hash of the signs
        var candidates = new List<int>();
        for (var k = graph.Count - 1; k >= graph.InputCount; k--)
        {
            if (roles[k] == Role.Partial || (roles[k] == Role.None && depths[k] + 1 < FewestTerms)) continue;
            roles[k] = Role.Whole;
            var (count, signs) = Describe(k, markPartial: true);
            if (count > MostTermsSideBySide) continue;
            candidates.Add(k);
            alike.TryGetValue(signs, out var before);
            alike[signs] = before + 1;
        }

        foreach (var node in candidates)
        {
            var (count, signs) = Describe(node, markPartial: false);
            if (alike[signs] < 2 * count) continue;
            for (var addition = node; addition >= 0; addition = Accumulator(addition)) roles[addition] = Role.None;
        }
    }

    /// <summary>The number of terms, and a hash of how they are added.</summary>
    (int Count, int Signs) Describe(int whole, bool markPartial)
    {
        var (count, signs) = (1, 17);
        for (var addition = whole; addition >= 0; count++)
        {
            var (operation, a, _) = graph[addition];
            var next = Accumulator(addition);
            signs = 31 * signs + (2 * operation.SignInSum) + (next == a ? 1 : 0);
            if (next >= 0 && markPartial) roles[next] = Role.Partial;
            addition = next;
        }

        return (count, signs);
    }
}
