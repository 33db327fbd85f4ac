using PhysOpt.Functions;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Recording;

/// <summary>
/// A function from R^n to R^m as a list of operations in an order of evaluation, each on the results of earlier ones (static single
/// assignment). Immutable, without duplicates and without operations that nothing needs. Griewank and Walther (2008), section 2.2.
/// </summary>
/// <remarks>Nodes 0 to n - 1 are the inputs. Made by <see cref="GraphBuilder.ToGraph"/>.</remarks>
internal sealed class Graph
{
    readonly byte[] operations; // their codes
    readonly int[] left;
    readonly int[] right;
    readonly double[] constants;

    internal Graph(int inputCount, byte[] operations, int[] left, int[] right, double[] constants, int[] outputs, Guard[] guards) =>
        (InputCount, this.operations, this.left, this.right, this.constants, Outputs, Guards) =
        (inputCount, operations, left, right, constants, outputs, guards);

    /// <summary>n.</summary>
    internal int InputCount { get; }

    /// <summary>The number of nodes, inputs and constants included.</summary>
    internal int Count => operations.Length;

    /// <summary>The number of operations: nodes that are neither inputs nor constants.</summary>
    internal int OperationCount => operations.Count(code => !Operation.Of(code).IsLeaf);

    /// <summary>The nodes that are the function's value, m of them; one node may be several outputs.</summary>
    internal IReadOnlyList<int> Outputs { get; }

    /// <summary>The comparisons on which the trace rests, in the order in which they were made.</summary>
    internal IReadOnlyList<Guard> Guards { get; }

    /// <summary>The operation of a node and its operands; the second one is -1 where there is none.</summary>
    internal (Operation Operation, int A, int B) this[int node] => (Operation.Of(operations[node]), left[node], right[node]);

    /// <summary>The value of a node that is a constant.</summary>
    internal double ConstantOf(int node) => constants[left[node]];

    /// <summary>The same operations with other outputs, and without guards if so wished; what is not needed any more goes.</summary>
    internal Graph Select(IEnumerable<int> outputs, bool keepGuards) => Rebuild(InputCount, [.. outputs], keepGuards ? Guards : []);

    /// <summary>
    /// The values of <paramref name="outer"/> at the values of this graph, outer(this(x)): one graph, common parts shared.
    /// </summary>
    /// <exception cref="ArgumentException">The outer graph does not have as many inputs as this one has outputs.</exception>
    internal Graph Then(Graph outer)
    {
        if (outer.InputCount != Outputs.Count)
            throw new ArgumentException(
                $"A function of {Plural.Of(outer.InputCount, "number")} cannot take the {Plural.Of(Outputs.Count, "number")} of another.",
                nameof(outer));

        var builder = new GraphBuilder(InputCount);
        var inner = builder.Import(this);
        var composed = builder.Import(outer, [.. Outputs.Select(node => inner[node])]);
        return builder.ToGraph(
            outer.Outputs.Select(node => composed[node]), [.. Renamed(Guards, inner), .. Renamed(outer.Guards, composed)]);
    }

    Graph Rebuild(int inputCount, int[] outputs, IReadOnlyList<Guard> guards)
    {
        var builder = new GraphBuilder(inputCount);
        var nodes = builder.Import(this);
        return builder.ToGraph(outputs.Select(node => nodes[node]), Renamed(guards, nodes));
    }

    static IEnumerable<Guard> Renamed(IEnumerable<Guard> guards, int[] nodes) =>
        guards.Select(guard => guard with { Left = nodes[guard.Left], Right = nodes[guard.Right] });
}
