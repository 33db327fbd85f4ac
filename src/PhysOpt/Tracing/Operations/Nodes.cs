namespace PhysOpt.Tracing.Operations;

/// <summary>
/// A list of nodes while it grows, as the rules of operations see it: nodes are numbers, and operands come before what needs them.
/// </summary>
internal abstract class Nodes
{
    private protected readonly List<byte> operations = []; // their codes
    private protected readonly List<int> left = [];
    private protected readonly List<int> right = [];
    private protected readonly List<double> constants = [];
    private protected readonly List<ListEntry> lists = [];
    readonly List<bool> neverNegativeZero = [];

    /// <summary>The number of nodes so far.</summary>
    internal int Count => operations.Count;

    /// <summary>
    /// The operation of a node and its operands; the second one is -1 where there is none. A list's are asked for by
    /// <see cref="OperandsOf"/>.
    /// </summary>
    internal (Operation Operation, int A, int B) this[int node] => (Operation.Of(operations[node]), left[node], right[node]);

    /// <summary>
    /// A number that stands for what a node does and its operands do, by their codes; the operands of lists do not count.
    /// </summary>
    internal int KindOf(int node)
    {
        var (code, a, b) = (operations[node], left[node], right[node]);
        if (code <= Operation.ConstantCode || Operation.Of(code).IsList) return code << 16;
        return code << 16 | operations[a] << 8 | (b < 0 ? 0 : operations[b]);
    }

    /// <summary>The operands of a list.</summary>
    internal ReadOnlySpan<int> OperandsOf(int list) => lists[left[list]].Operands;

    /// <summary>How many numbers a list has.</summary>
    internal int LengthOf(int list) => lists[left[list]].Length;

    internal bool IsConstant(int node) => operations[node] == Operation.ConstantCode;

    /// <summary>The value of a node that is a constant.</summary>
    internal double ConstantOf(int node) => constants[left[node]];

    /// <summary>True where a node is known never to be -0.0.</summary>
    internal bool IsNeverNegativeZero(int node) => neverNegativeZero[node];

    /// <summary>True where a node is a constant, of that very bit pattern.</summary>
    internal bool Is(int node, double value) =>
        IsConstant(node) && BitConverter.DoubleToInt64Bits(ConstantOf(node)) == BitConverter.DoubleToInt64Bits(value);

    /// <summary>True for a node that is -a; a is its first operand.</summary>
    internal bool IsNegated(int node) => operations[node] == Operation.Negate.Code;

    /// <summary>The node of a constant. 0.0 and -0.0 are two.</summary>
    internal abstract int Constant(double value);

    /// <summary>
    /// The node of an operation with two operands, or with one (b = -1): simplified, and an earlier node of the same value where there is
    /// one.
    /// </summary>
    internal abstract int Apply(Operation operation, int a, int b = -1);

    /// <summary>The node of a list, of its operands and its length: simplified, and an earlier one where there is one.</summary>
    internal int Apply(Operation operation, ReadOnlySpan<int> operands, int length) => operation.Simplify(this, operands, length);

    /// <summary>The node of exactly this operation, found or appended.</summary>
    internal abstract int Append(Operation operation, int a, int b);

    /// <summary>The node of exactly this list, found or appended.</summary>
    internal abstract int Append(Operation operation, ReadOnlySpan<int> operands, int length);

    internal int Add(int a, int b) => Apply(Operation.Add, a, b);

    internal int Subtract(int a, int b) => Apply(Operation.Subtract, a, b);

    internal int Multiply(int a, int b) => Apply(Operation.Multiply, a, b);

    internal int Divide(int a, int b) => Apply(Operation.Divide, a, b);

    internal int Negate(int a) => Apply(Operation.Negate, a);

    /// <summary>A new node at the end; of a leaf, a is its number.</summary>
    private protected int Extend(Operation operation, int a, int b)
    {
        operations.Add(operation.Code);
        left.Add(a);
        right.Add(b);
        neverNegativeZero.Add(operation.Code == Operation.ConstantCode ? !IsNegativeZero(constants[a])
            : operation.IsNeverNegativeZero(this, a, b));
        return Count - 1;
    }

    /// <summary>What a list is made of.</summary>
    /// <param name="Operands">Nodes.</param>
    /// <param name="Length">How many numbers it has.</param>
    internal readonly record struct ListEntry(int[] Operands, int Length);

    static bool IsNegativeZero(double value) => value == 0 && double.IsNegative(value);
}
