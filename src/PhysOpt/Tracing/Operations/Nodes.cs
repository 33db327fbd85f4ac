namespace PhysOpt.Tracing.Operations;

/// <summary>A graph while it grows, as the rules of operations see it: nodes are numbers, and every method gives one.</summary>
internal abstract class Nodes
{
    /// <summary>The operation of a node and its operands; the second one is -1 where there is none.</summary>
    internal abstract (Operation Operation, int A, int B) this[int node] { get; }

    internal abstract bool IsConstant(int node);

    /// <summary>The value of a node that is a constant.</summary>
    internal abstract double ConstantOf(int node);

    /// <summary>True where a node is known never to be -0.0.</summary>
    internal abstract bool IsNeverNegativeZero(int node);

    /// <summary>The node of a constant. 0.0 and -0.0 are two.</summary>
    internal abstract int Constant(double value);

    /// <summary>
    /// The node of an operation with two operands, or with one (b = -1): simplified, and an earlier node of the same value where
    /// there is one.
    /// </summary>
    internal abstract int Apply(Operation operation, int a, int b = -1);

    /// <summary>The node of exactly this operation, found or appended.</summary>
    internal abstract int Append(Operation operation, int a, int b);

    internal int Add(int a, int b) => Apply(Operation.Add, a, b);

    internal int Subtract(int a, int b) => Apply(Operation.Subtract, a, b);

    internal int Multiply(int a, int b) => Apply(Operation.Multiply, a, b);

    internal int Divide(int a, int b) => Apply(Operation.Divide, a, b);

    internal int Negate(int a) => Apply(Operation.Negate, a);

    /// <summary>True where a node is a constant, of that very bit pattern.</summary>
    internal bool Is(int node, double value) =>
        IsConstant(node) && BitConverter.DoubleToInt64Bits(ConstantOf(node)) == BitConverter.DoubleToInt64Bits(value);

    /// <summary>True for a node that is -a; a is its first operand.</summary>
    internal bool IsNegated(int node) => this[node].Operation == Operation.Negate;
}
