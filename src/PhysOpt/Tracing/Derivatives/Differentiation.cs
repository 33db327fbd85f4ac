using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Derivatives;

/// <summary>
/// Derivatives of graphs as graphs, so that derivatives of derivatives are there as well. Griewank and Walther (2008), sections 3.1 and
/// 3.2 (forward and reverse mode), 5.1 (second order as forward over reverse).
/// </summary>
/// <remarks>
/// <para>The operations of a derivative go into the graph of the function it came from: what both need is computed once, what
/// the outputs do not need is left out. Derivative graphs have no guards: use them where those of the function hold.</para>
/// <para>A product 0 * infinity on the way of the chain rule is NaN, as sqrt(x)^2 at 0 rightly is, with two exceptions. A part of
/// the function
/// that its outputs do not reach, or that no input reaches, takes no part in the products at all. And where an operation chooses
/// between its
/// operands (max, min, clamp, and the rules that are 0 by convention), nothing passes through what was not chosen, however infinite the
/// slopes behind it: in forward mode the tangent of the operand is replaced by 0; in reverse mode every node that is reached
/// through choices
/// only carries, beside its adjoint, whether any of them chose it, and where none did it passes on 0. So max(sqrt(x), 1) has the slope
/// 0 at x = 0, not NaN.</para>
/// </remarks>
internal static class Differentiation
{
    internal const int None = -1;

    /// <summary>J'w: a graph from (x, w), n + m numbers, to n numbers.</summary>
    internal static Graph VectorJacobian(Graph f)
    {
        var m = f.Outputs.Count;
        var g = Extended(f, m, out var nodes);
        int[] seeds = [.. Enumerable.Range(f.InputCount, m)];
        var adjoints = Adjoints(g, g.Count, Renamed(f.Outputs, nodes), seeds);
        return g.ToGraph(Inputs(g, adjoints, f.InputCount), []);
    }

    /// <summary>
    /// J v: a graph from (x, v) to m numbers, where v is a direction of the first so many inputs and the others stay as they are.
    /// </summary>
    internal static Graph JacobianVector(Graph f, int directions)
    {
        var g = Extended(f, directions, out var nodes);
        int[] seeds = [.. Enumerable.Range(0, g.InputCount).Select(i => i < directions ? f.InputCount + i : None)];
        var tangents = Tangents(g, g.Count, seeds);
        return g.ToGraph(f.Outputs.Select(output => OrZero(g, tangents[nodes[output]])), []);
    }

    /// <summary>
    /// H v, where H is the Hessian of w'f: a graph from (x, w, v), n + m + n numbers, to n numbers; forward over reverse.
    /// </summary>
    internal static Graph HessianVector(Graph f) => JacobianVector(VectorJacobian(f), f.InputCount);

    /// <summary>The gradient of the first output and after it all outputs, n + m numbers from x; for m = 1 gradient and value.</summary>
    internal static Graph GradientAndValue(Graph f)
    {
        var g = Extended(f, 0, out var nodes);
        var value = nodes[f.Outputs[0]];
        var adjoints = Adjoints(g, g.Count, [value], [g.Constant(1)]);
        return g.ToGraph([.. Inputs(g, adjoints, f.InputCount), .. f.Outputs.Select(node => nodes[node])], []);
    }

    /// <summary>The graph of f as a builder with some more inputs after its own.</summary>
    internal static GraphBuilder Extended(Graph f, int more, out int[] nodes)
    {
        var g = new GraphBuilder(f.InputCount + more);
        nodes = g.Import(f);
        return g;
    }

    /// <summary>Forward mode: the tangent of each of the first <paramref name="count"/> nodes, -1 where it is zero by structure.</summary>
    /// <param name="g">Holds the function; the tangents are appended.</param>
    /// <param name="count">The number of nodes to go through.</param>
    /// <param name="seeds">The tangent of each input, a node, or -1 for zero.</param>
    internal static int[] Tangents(GraphBuilder g, int count, ReadOnlySpan<int> seeds)
    {
        var tangents = new int[count];
        for (var k = 0; k < count; k++)
        {
            var (operation, a, b) = g[k];
            tangents[k] = operation == Operation.Input ? seeds[a]
                : operation == Operation.Constant ? None
                : operation.IsList ? TangentOfList(g, tangents, k, operation)
                : Sum(g, Tangent(g, tangents, k, operation, a, 0), b < 0 ? None : Tangent(g, tangents, k, operation, b, 1));
        }

        return tangents;
    }

    /// <summary>
    /// Reverse mode: the adjoint of each of the first <paramref name="count"/> nodes, the derivative to it of the sum over the
    /// outputs of seed
    /// times output; -1 where it is zero by structure.
    /// </summary>
    /// <param name="g">Holds the function; the adjoints are appended.</param>
    /// <param name="count">The number of nodes to go through.</param>
    /// <param name="outputs">Nodes.</param>
    /// <param name="seeds">The weight of each output, a node.</param>
    internal static int[] Adjoints(GraphBuilder g, int count, ReadOnlySpan<int> outputs, ReadOnlySpan<int> seeds)
    {
        var adjoints = new AdjointSums(g, count);
        Dictionary<int, List<(int Adjoint, int Index, int Chosen)>>? readers = null; // of lists, the last one first
        for (var i = 0; i < outputs.Length; i++) adjoints.Add(outputs[i], seeds[i], None);
        for (var k = count - 1; k >= 0; k--)
        {
            var (operation, a, b) = g[k];
            if (readers is not null && operation.IsList && readers.Remove(k, out var reads))
                PassOnToOperands(g, adjoints, k, operation, reads);
            if (adjoints.Complete(k) is not (var adjoint and not None, var choice)) continue;
            if (operation.ReadsList)
            {
                if (!(readers ??= []).TryGetValue(a, out var others)) readers[a] = others = [];
                others.Add((adjoint, b, choice));
                continue;
            }

            for (var side = 0; side < 2; side++)
            {
                var operand = side == 0 ? a : b;
                if (!operation.IsDifferentiable(side) || g.IsConstant(operand)) continue;
                var chosen = choice;
                if (operation.Chooses) chosen = Both(g, chosen, operation.Choice(g, k, side));
                var passed = operation.Times(g, adjoint, k, side);
                if (chosen != None && !operation.IsUnit(side)) passed = g.Apply(Operation.Where, chosen, passed);
                adjoints.Add(operand, passed, chosen);
            }
        }

        return adjoints.All;
    }

    /// <summary>What an operand's tangent adds to that of node k.</summary>
    static int Tangent(GraphBuilder g, int[] tangents, int k, Operation operation, int operand, int side)
    {
        if (tangents[operand] == None || !operation.IsDifferentiable(side)) return None;
        var tangent = operation.Times(g, tangents[operand], k, side);
        return operation.Chooses ? g.Apply(Operation.Where, operation.Choice(g, k, side), tangent) : tangent;
    }

    static int TangentOfList(GraphBuilder g, int[] tangents, int k, Operation operation)
    {
        var operands = g.OperandsOf(k);
        var ofOperands = new int[operation.PlacesFrom(operands.Length)];
        for (var i = 0; i < ofOperands.Length; i++) ofOperands[i] = tangents[operands[i]];
        if (!ofOperands.AsSpan().ContainsAnyExcept(None)) return None;
        ofOperands.AsSpan().Replace(None, g.Constant(0));
        return operation.TangentOf(g, k, ofOperands);
    }

    /// <summary>
    /// What was read of a list is scattered into the list of its adjoints, and from there goes to the operands; and so do the
    /// choices, since nothing passes through what no index chose.
    /// </summary>
    static void PassOnToOperands(
        GraphBuilder g, AdjointSums adjoints, int k, Operation operation, List<(int Adjoint, int Index, int Chosen)> reads)
    {
        int[] operands = [.. g.OperandsOf(k)];
        operands = operands[..operation.PlacesFrom(operands.Length)];
        if (Array.TrueForAll(operands, g.IsConstant)) return;
        reads.Reverse();
        var (one, length) = (g.Constant(1), g.LengthOf(k));
        var indices = reads.Select(read => read.Index);
        var adjoint = g.Apply(Operation.Scatter, [.. reads.Select(read => read.Adjoint), .. indices], length);
        var chosen = g.Apply(Operation.Scatter, [.. reads.Select(read => read.Chosen == None ? one : read.Chosen), .. indices], length);
        for (var i = 0; i < operands.Length; i++)
        {
            if (g.IsConstant(operands[i])) continue;
            adjoints.Add(operands[i], operation.AdjointOf(g, k, i, adjoint), operation.AdjointOf(g, k, i, chosen));
        }
    }

    /// <summary>Zero where either choice is: the way leads through both. None is always chosen.</summary>
    static int Both(GraphBuilder g, int first, int second) => first == None ? second : g.Apply(Operation.Where, first, second);

    static int Sum(GraphBuilder g, int first, int second) => first == None ? second : second == None ? first : g.Add(first, second);

    static int OrZero(GraphBuilder g, int node) => node == None ? g.Constant(0) : node;

    static IEnumerable<int> Inputs(GraphBuilder g, int[] adjoints, int count) => [.. adjoints.Take(count).Select(node => OrZero(g, node))];

    static int[] Renamed(IReadOnlyList<int> outputs, int[] nodes) => [.. outputs.Select(output => nodes[output])];
}
