using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Derivatives;

/// <summary>The derivatives of the operations, as operations. Griewank and Walther (2008), section 2.4 and table 2.3.</summary>
/// <remarks>
/// At the edges:
/// <list type="bullet">
/// <item>sqrt and cbrt: +infinity at 0 (and at -0.0); log: 1/x, infinite at 0; asin, acos: +infinity and -infinity at 1 and -1.</item>
/// <item>abs: 0 at 0. sign, floor, round, ceiling, truncate: 0 everywhere, at their jumps too.</item>
/// <item>max, min: half to each where they tie; clamp likewise, half at a bound. NaN where an operand is.</item>
/// <item>x^y: to x it is y x^(y-1), and 0 at x = y = 0; to y it is x^y log x, and 0 wherever x^y is 0 (as at x = 0 with y > 0: second
/// derivatives through this one are then 0 too), NaN for negative x.</item>
/// <item>atan2: both 0 at (0, 0), and where the squares of both underflow.</item>
/// <item>a % b: 1 to a, minus the whole quotient to b, at its jumps too.</item>
/// </list>
/// </remarks>
internal static class DerivativeRules
{
    static readonly double LogOf2 = double.Log(2);

    static readonly double LogOf10 = double.Log(10);

    /// <summary>True unless the derivative of a node to this operand (0 or 1) is zero everywhere.</summary>
    internal static bool IsDifferentiable(Operation operation, int side) => operation switch
    {
        Operation.Step or Operation.Sign or Operation.Floor or Operation.Round or Operation.Ceiling or Operation.Truncate => false,
        Operation.Where => side == 1,
        _ => !operation.IsLeaf() && (side == 0 || operation.IsBinary()),
    };

    /// <summary>True where the derivative is 1 or -1 everywhere.</summary>
    internal static bool IsUnit(Operation operation, int side) =>
        operation is Operation.Add or Operation.Subtract or Operation.Negate || (operation == Operation.Remainder && side == 0);

    /// <summary>For a node that chooses: a node that is 0 where this operand is not chosen, and positive where it is.</summary>
    internal static int Choice(GraphBuilder g, int node, int side)
    {
        var (operation, a, b) = g[node];
        if (operation == Operation.Where) return a;
        var above = operation is Operation.Max or Operation.AtLeast;
        return (side == 0) == above ? g.Apply(Operation.Step, a, b) : g.Apply(Operation.Step, b, a);
    }

    /// <summary>w times the derivative of a node to one of its operands: what a tangent or an adjoint w passes on.</summary>
    internal static int Times(GraphBuilder g, int w, int node, int side)
    {
        var (operation, a, b) = g[node];
        return operation switch
        {
            Operation.Add => w,
            Operation.Subtract => side == 0 ? w : g.Negate(w),
            Operation.Multiply => g.Multiply(w, side == 0 ? b : a),
            Operation.Divide => side == 0 ? g.Divide(w, b) : g.Negate(g.Multiply(g.Divide(w, b), node)),
            Operation.Remainder => side == 0 ? w : g.Negate(g.Multiply(w, Quotient(g, a, b, node))),
            Operation.Power => side == 0 ? TimesPowerToBase(g, w, a, b) : TimesPowerToExponent(g, w, a, node),
            Operation.Atan2 => TimesAtan2(g, w, a, b, side),
            Operation.Where => w,
            Operation.Negate => g.Negate(w),
            // sqrt(-0.0) is -0.0: adding 0.0 makes the slope +infinity there as well
            Operation.Sqrt => g.Divide(g.Multiply(g.Constant(0.5), w), g.Add(node, g.Constant(0))),
            Operation.Cbrt => g.Divide(w, g.Multiply(g.Constant(3), g.Multiply(node, node))),
            Operation.Exp => g.Multiply(w, node),
            Operation.Log => g.Divide(w, a),
            Operation.Log2 => g.Divide(w, g.Multiply(a, g.Constant(LogOf2))),
            Operation.Log10 => g.Divide(w, g.Multiply(a, g.Constant(LogOf10))),
            Operation.Sin => g.Multiply(w, g.Apply(Operation.Cos, a)),
            Operation.Cos => g.Negate(g.Multiply(w, g.Apply(Operation.Sin, a))),
            Operation.Tan => g.Multiply(w, g.Add(g.Constant(1), g.Multiply(node, node))),
            Operation.Asin => g.Divide(w, CofunctionOfAsin(g, a)),
            Operation.Acos => g.Negate(g.Divide(w, CofunctionOfAsin(g, a))),
            Operation.Atan => g.Divide(w, g.Add(g.Constant(1), g.Multiply(a, a))),
            Operation.Sinh => g.Multiply(w, g.Apply(Operation.Cosh, a)),
            Operation.Cosh => g.Multiply(w, g.Apply(Operation.Sinh, a)),
            // 1/cosh^2, not 1 - tanh^2, which cancels; divided twice, for cosh^2 overflows early
            Operation.Tanh => g.Divide(g.Divide(w, g.Apply(Operation.Cosh, a)), g.Apply(Operation.Cosh, a)),
            Operation.Abs => g.Multiply(w, g.Apply(Operation.Sign, a)),
            Operation.Max or Operation.Min or Operation.AtLeast or Operation.AtMost => g.Multiply(w, Choice(g, node, side)),
            _ => throw new InvalidOperationException($"{operation} has no derivative to pass on."),
        };
    }

    /// <summary>The whole part of a / b, from the exact remainder: a / b itself may round up to a whole number.</summary>
    static int Quotient(GraphBuilder g, int a, int b, int remainder) => g.Apply(Operation.Round, g.Divide(g.Subtract(a, remainder), b));

    /// <summary>sqrt(1 - a^2), without cancellation beside 1 and -1.</summary>
    static int CofunctionOfAsin(GraphBuilder g, int a) =>
        g.Apply(Operation.Sqrt, g.Multiply(g.Subtract(g.Constant(1), a), g.Add(g.Constant(1), a)));

    static int TimesPowerToBase(GraphBuilder g, int w, int x, int y)
    {
        var slope = g.Multiply(w, g.Multiply(y, g.Apply(Operation.Power, x, g.Subtract(y, g.Constant(1)))));
        if (g.IsConstant(y)) return slope; // never 0: x^0 was folded
        return g.Apply(Operation.Where, g.Add(g.Apply(Operation.Abs, x), g.Apply(Operation.Abs, y)), slope);
    }

    static int TimesPowerToExponent(GraphBuilder g, int w, int x, int power) =>
        g.Apply(Operation.Where, g.Apply(Operation.Abs, power), g.Multiply(w, g.Multiply(power, g.Apply(Operation.Log, x))));

    static int TimesAtan2(GraphBuilder g, int w, int y, int x, int side)
    {
        var square = g.Add(g.Multiply(x, x), g.Multiply(y, y));
        var slope = g.Divide(g.Multiply(w, side == 0 ? x : y), square);
        return g.Apply(Operation.Where, square, side == 0 ? slope : g.Negate(slope));
    }
}
