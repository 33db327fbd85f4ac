using System.Globalization;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Recording;

/// <summary>The expression behind a node as text for people: "traced(100*(x1 - x0*x0))", with dots where it goes too deep.</summary>
internal static class ExpressionSketch
{
    const int Depth = 4;

    internal static string Of(GraphBuilder g, int node) => $"traced({Text(g, node, Depth, 0)})";

    static string Text(GraphBuilder g, int node, int depth, int outer)
    {
        var (operation, a, b) = g[node];
        if (operation == Operation.Input) return $"x{a}";
        if (operation == Operation.Constant) return g.ConstantOf(node).ToString("G7", CultureInfo.InvariantCulture);
        if (depth == 0) return "...";

        if (operation.IsList) return $"({string.Join(", ", g.OperandsOf(node)[..System.Math.Min(2, g.OperandsOf(node).Length)].ToArray()
            .Select(element => Text(g, element, depth - 1, 0)))}{(g.OperandsOf(node).Length > 2 ? ", ..." : "")})";
        if (operation.ReadsList) return $"{Text(g, a, depth - 1, 0)}[{Text(g, b, depth - 1, 0)}]";

        var (symbol, binding) = operation.Notation;
        if (binding == 0)
        {
            var arguments = b < 0 ? Text(g, a, depth - 1, 0) : $"{Text(g, a, depth - 1, 0)}, {Text(g, b, depth - 1, 0)}";
            return $"{operation}({arguments})";
        }

        // the right operand of - / % needs brackets around what binds equally: a - (b - c)
        var text = b < 0 ? $"-{Text(g, a, depth - 1, 3)}" : $"{Text(g, a, depth - 1, binding)}{symbol}{Text(g, b, depth - 1, binding + 1)}";
        return binding < outer ? $"({text})" : text;
    }
}
