using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Rolling;

/// <summary>
/// Makes a program of loops from a graph of single operations: what a loop in a script unrolled into is rolled up again. Operations
/// of the same
/// structure become vectors, long sums become sums of vectors, and vectors that go together turn by turn become one loop; what is left is
/// straight code.
/// </summary>
/// <remarks>
/// Every operation gives the bits of <see cref="Operation.Evaluate(double, double)"/>, but for functions that have a vector form of
/// their own (exp, log,
/// sin and cos) in loops, and for the order of long sums, which is that of <see cref="Sum"/>; where an abrupt operation depends on them
/// these too are the script's (<see cref="Graph.Exact"/>). The guards of a graph are not part of
/// its program.
/// The cost is linear in the number of nodes.
/// </remarks>
internal static class Vectoriser
{
    /// <summary>The program of a graph.</summary>
    internal static LoopProgram Roll(Graph graph)
    {
        var uses = Uses(graph, out var operationCount);
        if (operationCount < StraightWriter.MostOperations && !graph.HasLists && graph.Outputs.Count < StraightWriter.MostOperations)
            return StraightWriter.Write(graph, uses);
        var sums = new LongSums(graph, uses);
        var classed = new ClassedGraph(graph, uses, sums);
        if (AccessPatterns.Of(classed, graph.Count) is { } patterns) classed = new(graph, uses, sums, patterns);
        var outputs = new int[graph.Outputs.Count];
        for (var j = 0; j < outputs.Length; j++) outputs[j] = classed[graph.Outputs[j]];
        return new ProgramWriter(classed, new VectorSchedule(classed), outputs).Write();
    }

    /// <summary>
    /// How often each node is an operand of a node that is needed, or an output; and the number of operations that are needed.
    /// </summary>
    static int[] Uses(Graph graph, out int operationCount)
    {
        operationCount = 0;
        var hasLists = graph.HasLists;
        var uses = new int[graph.Count];
        foreach (var output in graph.Outputs) uses[output]++;
        for (var k = uses.Length - 1; k >= graph.InputCount; k--)
        {
            var (operation, a, b) = graph[k];
            if (uses[k] == 0 || operation.IsLeaf) continue;
            if (hasLists && operation.IsList)
            {
                foreach (var operand in graph.OperandsOf(k)) uses[operand]++;
                continue;
            }

            operationCount++;
            uses[a]++;
            if (b >= 0) uses[b]++;
        }

        return uses;
    }
}
