using PhysOpt.LinearAlgebra;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Recording;
using PhysOpt.Tracing.Running;

namespace PhysOpt.Tracing;

/// <summary>How far apart two computations of a recorded function may be that differ in the last digits and in the order of sums.</summary>
/// <remarks>
/// To first order, the rounding of a node is passed on to the output with the node's adjoint: Higham (2002), "Accuracy and stability of
/// numerical algorithms", section 3.3. A sum counts with the size of all that was added, whatever cancels, since in another order that may
/// be what is rounded: eps sum_k |adjoint_k| size_k. For a sum of N terms that is N/2 times the rounding of one of their total size.
/// </remarks>
internal static class RoundingBound
{
    /// <summary>Each node is rounded at most so often: by a function of vectors, and by the one that it stands for.</summary>
    const double Roundings = 4;

    /// <summary>The bound for an output at x, where the graph's branch holds.</summary>
    /// <param name="graph">The function.</param>
    /// <param name="output">Which of its outputs.</param>
    /// <param name="x">The point, n components.</param>
    internal static double Of(Graph graph, int output, Vector x)
    {
        var scalar = graph.Select([graph.Outputs[output]], keepGuards: false);
        var g = Differentiation.Extended(scalar, 0, out var nodes);
        var count = g.Count;
        var adjoints = Differentiation.Adjoints(g, count, [nodes[scalar.Outputs[0]]], [g.Constant(1)]);
        int[] reached = [.. Enumerable.Range(0, count).Where(k => adjoints[k] >= 0)];
        var values = new double[count + reached.Length];
        new Tape(g.ToGraph([.. Enumerable.Range(0, count), .. reached.Select(k => adjoints[k])], [])).Evaluate(x.AsSpan(), values);

        var sizes = new double[count];
        for (var k = 0; k < count; k++)
        {
            var (operation, a, b) = g[k];
            sizes[k] = operation.SignInSum == 0 ? double.Abs(values[k]) : sizes[a] + sizes[b];
        }

        var bound = 0.0;
        for (var i = 0; i < reached.Length; i++)
        {
            var part = sizes[reached[i]] * double.Abs(values[count + i]);
            if (double.IsFinite(part)) bound += part; // what is infinitely steep excuses nothing
        }

        return Roundings * Precision.MachineEpsilon * bound;
    }
}
