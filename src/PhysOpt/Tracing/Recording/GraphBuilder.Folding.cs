using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Recording;

/// <content>
/// What is simplified while a graph grows. Every rule but the last holds for all doubles, bit for bit (but for the payload and sign of a
/// NaN), so that a folded graph computes what the script computes:
/// <list type="bullet">
/// <item>an operation on constants is a constant;</item>
/// <item>-0.0 + x and x - 0.0 are x. 0.0 + x is x only where x cannot be -0.0 (0.0 + -0.0 is 0.0), as for squares, absolute values,
/// exponentials and sums with one of these;</item>
/// <item>-0.0 - x is -x. 0.0 - x is not: it is 0.0 at x = 0.0, where -x is -0.0;</item>
/// <item>1 x and x / 1 are x, -1 x and x / -1 are -x, -(-x) is x, a + (-b) is a - b, a - (-b) is a + b, |-x| is |x|;</item>
/// <item>0 x is never folded: it is NaN where x is infinite or NaN;</item>
/// <item>x^0 is 1 (as Math.Pow says, for NaN too), x^1 is x;</item>
/// <item>x^k for whole k, 2 &lt;= |k| &lt;= 16, is a product by repeated squaring, or its reciprocal: at most 15 roundings, where Math.Pow
/// has one. This is the one rule that may change last digits.</item>
/// </list>
/// </content>
internal sealed partial class GraphBuilder
{
    int Simplify(Operation operation, int a, int b) => operation switch
    {
        Operation.Add when Is(a, -0.0) || (Is(a, 0.0) && neverNegativeZero[b]) => b,
        Operation.Add when Is(b, -0.0) || (Is(b, 0.0) && neverNegativeZero[a]) => a,
        Operation.Add when IsNegated(b) => Subtract(a, left[b]),
        Operation.Add when IsNegated(a) => Subtract(b, left[a]),
        Operation.Subtract when Is(b, 0.0) => a,
        Operation.Subtract when Is(a, -0.0) => Negate(b),
        Operation.Subtract when IsNegated(b) => Add(a, left[b]),
        Operation.Multiply when Is(a, 1) => b,
        Operation.Multiply when Is(a, -1) => Negate(b),
        Operation.Multiply or Operation.Divide when Is(b, 1) => a,
        Operation.Multiply or Operation.Divide when Is(b, -1) => Negate(a),
        Operation.Where when IsConstant(a) => ConstantOf(a) == 0 ? Constant(0) : b,
        Operation.Where when Is(b, 0.0) || (operations[b] == Operation.Where && left[b] == a) => b,
        Operation.Negate when IsNegated(a) => left[a],
        Operation.Abs when IsNegated(a) => Apply(Operation.Abs, left[a]),
        _ => Intern(operation, a, b),
    };

    bool IsNegated(int node) => operations[node] == Operation.Negate;

    /// <summary>True where an exponent is a constant that makes a product: of constants as well, so that it does not matter when one is known.</summary>
    bool IsProductPower(int exponent, out int k) => Kernel.IsProductPower(IsConstant(exponent) ? ConstantOf(exponent) : double.NaN, out k);

    int Power(int x, int k) => k < 0 ? Divide(Constant(1), Product(x, -k)) : Product(x, k);

    /// <summary>x^k for whole k >= 0 by repeated squaring: x^2k = (x^k)^2, x^(2k + 1) = x^2k x.</summary>
    int Product(int x, int k)
    {
        if (k == 0) return Constant(1);
        if (k == 1) return x;
        var root = Product(x, k % 2 == 0 ? k / 2 : k - 1);
        return Multiply(root, k % 2 == 0 ? root : x);
    }

    /// <summary>True where no operands at all give the result -0.0.</summary>
    bool IsNeverNegativeZero(Operation operation, int a, int b) => operation switch
    {
        Operation.Constant => !(ConstantOfEntry(a) == 0 && double.IsNegative(ConstantOfEntry(a))),
        Operation.Abs or Operation.Exp or Operation.Cosh or Operation.Step or Operation.Sign or Operation.Acos => true,
        Operation.Add => neverNegativeZero[a] || neverNegativeZero[b],
        Operation.Subtract or Operation.Sqrt => neverNegativeZero[a],
        Operation.Multiply => a == b,
        _ => false,
    };

    double ConstantOfEntry(int entry) => constants[entry];
}
