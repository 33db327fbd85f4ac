namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>a to the power of b.</summary>
    internal static Operation Power => PowerOperation.Instance;
}

/// <summary>
/// a to the power of b, as Math.Pow has it. Its cheaper form, for a constant whole exponent k, |k| &lt;= 16, is a product by repeated
/// squaring, or its reciprocal: at most 15 roundings, where Math.Pow has one.
/// </summary>
/// <remarks>
/// To a the derivative is b a^(b-1), and 0 at a = b = 0; to b it is a^b log a, and 0 wherever a^b is 0 (as at a = 0 with b > 0:
/// second derivatives
/// through this one are then 0 too), NaN for negative a.
/// </remarks>
internal sealed class PowerOperation() : Binary<PowerOperation.Form>(nameof(Power), Shortcut.Power)
{
    internal static readonly Operation Instance = new PowerOperation();

    /// <summary>The largest whole exponent that becomes a product.</summary>
    const int LargestProduct = 16;

    private protected override Func<double, double, double> Intrinsic => System.Math.Pow;

    internal override bool HasCheaperForm => true;

    /// <inheritdoc/>
    /// <remarks>x^0 is 1, of NaN too, and x^1 is x.</remarks>
    internal override int Simplify(Nodes g, int a, int b) => g.Is(b, 1) ? a
        : g.IsConstant(b) && g.ConstantOf(b) == 0 ? g.Constant(1)
        : g.Append(this, a, b);

    internal override int Cheapen(Nodes g, int a, int b)
    {
        if (!IsProduct(g.IsConstant(b) ? g.ConstantOf(b) : double.NaN, out var k)) return g.Apply(this, a, b);
        return k < 0 ? g.Divide(g.Constant(1), Product(g, a, -k)) : Product(g, a, k);
    }

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) =>
        side == 0 ? TimesSlopeToBase(g, w, a, b) : g.Apply(Where, g.Apply(Abs, node), g.Multiply(w, g.Multiply(node, g.Apply(Log, a))));

    int TimesSlopeToBase(Nodes g, int w, int a, int b)
    {
        var slope = g.Multiply(w, g.Multiply(b, Cheapen(g, a, g.Subtract(b, g.Constant(1)))));
        if (g.IsConstant(b)) return slope; // never 0: x^0 is 1
        return g.Apply(Where, g.Add(g.Apply(Abs, a), g.Apply(Abs, b)), slope);
    }

    static bool IsProduct(double exponent, out int k)
    {
        var isProduct = double.IsInteger(exponent) && double.Abs(exponent) <= LargestProduct;
        k = isProduct ? (int)exponent : 0;
        return isProduct;
    }

    /// <summary>a^k for whole k >= 0 by repeated squaring: a^2k = (a^k)^2, a^(2k + 1) = a^2k a.</summary>
    static int Product(Nodes g, int a, int k)
    {
        if (k < 2) return k == 0 ? g.Constant(1) : a;
        var root = Product(g, a, k % 2 == 0 ? k / 2 : k - 1);
        return g.Multiply(root, k % 2 == 0 ? root : a);
    }

    internal readonly struct Form : IBinaryForm
    {
        public static double Of(double a, double b) => double.Pow(a, b);
    }
}
