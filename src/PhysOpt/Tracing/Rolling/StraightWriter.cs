using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Rolling;

/// <summary>Writes the program of a graph that is too small for loops: its operations, one after the other.</summary>
internal static class StraightWriter
{
    /// <summary>Graphs of fewer operations cannot hold a vector and what would make it worth while.</summary>
    internal const int MostOperations = 2 * LoopShape.ShortestVector;

    /// <param name="graph">The graph.</param>
    /// <param name="uses">How often each node is an operand or output; 0 where it is not needed.</param>
    internal static LoopProgram Write(Graph graph, int[] uses)
    {
        var locations = new Location[graph.Count];
        var homes = new int[graph.Count]; // the first output that a node is, counted from 1
        for (var j = graph.Outputs.Count - 1; j >= 0; j--) homes[graph.Outputs[j]] = j + 1;
        var (constants, code, work) = (new List<double>(), new List<StraightOperation>(), 0);
        for (var k = 0; k < graph.Count; k++)
        {
            var (operation, a, b) = graph[k];
            if (operation == Operation.Input)
            {
                locations[k] = new(Space.Input, a);
            }
            else if (operation == Operation.Constant)
            {
                locations[k] = new(Space.Constant, constants.Count);
                constants.Add(graph.ConstantOf(k));
            }
            else if (uses[k] > 0)
            {
                locations[k] = homes[k] > 0 ? new(Space.Output, homes[k] - 1) : new(Space.Work, work++);
                code.Add(new(operation, locations[k], locations[a], locations[b < 0 ? a : b]));
            }
        }

        for (var j = 0; j < graph.Outputs.Count; j++)
        {
            var from = locations[graph.Outputs[j]];
            if (from != new Location(Space.Output, j)) code.Add(new(Operation.Input, new(Space.Output, j), from, from));
        }

        return new(graph.InputCount, graph.Outputs.Count, work, [.. constants], code.Count == 0 ? [] : [new Straight([.. code])]);
    }
}
