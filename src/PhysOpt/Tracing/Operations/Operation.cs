using System.Reflection;
using System.Reflection.Emit;

namespace PhysOpt.Tracing.Operations;

/// <summary>
/// What a node of a graph does with its operands a and b. There is one instance of each operation, in a file of its own, and it
/// says all that is to
/// be known: value, derivatives, what may be simplified, scalar and vector code. Whatever runs, folds, differentiates or compiles asks it.
/// </summary>
/// <remarks>
/// An operation is added by adding its file: a class derived from <see cref="Unary{TForm}"/>, <see cref="Binary{TForm}"/>,
/// <see cref="VectorUnary{TForm}"/> or <see cref="VectorBinary{TForm}"/>, and a static property here, in the same file. Instances
/// are made when first
/// asked for, so that a script pays for none that it does not use.
/// </remarks>
internal abstract partial class Operation
{
    /// <summary>The code of a constant, which is asked for all the time; inputs have 0.</summary>
    internal const byte ConstantCode = 1;

    /// <summary>The number of operands of a list, which has as many as it needs.</summary>
    internal const int Many = -1;

    private protected const BindingFlags NonPublicStatic = BindingFlags.Static | BindingFlags.NonPublic;

    static readonly Operation?[] Table = new Operation?[byte.MaxValue + 1];
    static int count;
    Operation? byNumber;

    /// <summary>Component a of the input; in a program, a copy of a.</summary>
    internal static readonly Operation Input = new Placeholder(nameof(Input));

    /// <summary>Entry a of the constants.</summary>
    internal static readonly Operation Constant = new Placeholder(nameof(Constant));

    /// <param name="name">How people know it, such as "Sin".</param>
    /// <param name="operandCount">0, 1, 2 or <see cref="Many"/>.</param>
    /// <param name="shortcut">The way around this object, if there is one.</param>
    /// <param name="readsList">See <see cref="ReadsList"/>.</param>
    private protected Operation(string name, int operandCount, Shortcut shortcut = Shortcut.None, bool readsList = false)
    {
        (Name, OperandCount, Shortcut, ReadsList) = (name, operandCount, shortcut, readsList);
        var code = Interlocked.Increment(ref count) - 1;
        Code = code < Table.Length ? (byte)code : throw new InvalidOperationException($"There are more than {Table.Length} operations.");
        Table[code] = this;
    }

    /// <summary>A small number that stands for the operation in this process; which one depends on what was used first.</summary>
    internal byte Code { get; }

    internal string Name { get; }

    internal int OperandCount { get; }

    /// <summary>How interpreters of single numbers get around the call to this object.</summary>
    internal Shortcut Shortcut { get; }

    /// <summary>True for what is not computed: inputs and constants.</summary>
    internal bool IsLeaf => Code <= ConstantCode;

    internal bool IsBinary => OperandCount == 2;

    /// <summary>
    /// True for what is a list of numbers and no number. Its operands stand beside the nodes (<see cref="Nodes.OperandsOf"/>), and
    /// only what reads lists may have it as an operand.
    /// </summary>
    internal bool IsList => OperandCount == Many;

    /// <summary>True where operand a is a list, and b the index of one of its numbers.</summary>
    internal bool ReadsList { get; }

    /// <summary>
    /// The sign between operands and how tightly it binds, 1 or 2, where it is written between them (or before the only one);
    /// otherwise 0.
    /// </summary>
    internal virtual (string Symbol, int Binding) Notation => ("", 0);

    /// <summary>True where a and b may change places without any change of the result (but for the payload of a NaN).</summary>
    internal virtual bool IsCommutative => false;

    /// <summary>True for operations that choose one operand and let the other one go.</summary>
    internal virtual bool Chooses => false;

    /// <summary>1 for a + b, -1 for a - b: what a long sum is made of; otherwise 0.</summary>
    internal virtual int SignInSum => 0;

    /// <summary>
    /// True where loops compute it in a way of their own, within two units in the last place of the value; otherwise they give its
    /// bits.
    /// </summary>
    internal virtual bool IsApproximateInLoops => false;

    /// <summary>The operation to the bits of <see cref="Evaluate(double, double)"/> in loops too: itself, if need be number by
    /// number.</summary>
    internal Operation ByNumber => !IsApproximateInLoops ? this : byNumber ?? MakeByNumber();

    /// <summary>One for all threads: two would not be taken for the same operation.</summary>
    Operation MakeByNumber()
    {
        lock (Table) return byNumber ??= new NumberByNumber(this);
    }

    /// <summary>
    /// True where the value jumps, or has an end, as this operand (0 or 1) changes by a last digit: which side it lies on is for
    /// the script's own arithmetic to say, so that all that the operand depends on is computed to its bits. A kink is no jump.
    /// </summary>
    internal virtual bool IsAbrupt(int side) => false;

    /// <summary>True for an operation that <see cref="Cheapen"/> may replace by others.</summary>
    internal virtual bool HasCheaperForm => false;

    /// <summary>The operation with this code.</summary>
    internal static Operation Of(byte code) => Table[code]!;

    /// <summary>
    /// The operation on a and b (b is ignored where there is one operand). Constant folding, recording, tape and straight code come
    /// here or inline
    /// the same, so that they cannot differ.
    /// </summary>
    internal abstract double Evaluate(double a, double b);

    /// <summary>target[k] = the operation on a[k] and b[k] for k below count, as loops compute it.</summary>
    /// <param name="target">Receives count numbers.</param>
    /// <param name="a">The first operand.</param>
    /// <param name="stepA"><see cref="VectorLoop.Width"/>, or 0 where a is that many times one number.</param>
    /// <param name="b">The second operand; a where there is none.</param>
    /// <param name="stepB">As stepA.</param>
    /// <param name="count">How many.</param>
    internal abstract unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count);

    /// <summary>What is known of the value where that much is known of the operands, for as far as indices need it.</summary>
    internal virtual Extent ExtentOf(Extent a, Extent b) => Extent.Any;

    /// <summary>The number at an index of a list, for an operation that reads one; NaN where there is none.</summary>
    internal virtual double Evaluate(ReadOnlySpan<double> list, double index) => throw NoLists();

    /// <summary>True where a list of this length has a number at the index: a record holds only there.</summary>
    internal virtual bool IsInside(int length, double index) => throw NoLists();

    /// <summary>True for a list that is its operands side by side.</summary>
    internal virtual bool HoldsOperands => false;

    /// <summary>
    /// From this operand on the operands of a list are indices: whole numbers, abrupt, and without a slope.
    /// </summary>
    internal virtual int PlacesFrom(int operandCount) => throw NoLists();

    /// <summary>The numbers of a list.</summary>
    /// <param name="list">Receives them.</param>
    /// <param name="operands">The operands.</param>
    internal virtual void Fill(Span<double> list, ReadOnlySpan<double> operands) => throw NoLists();

    /// <summary>The list of the tangents of a list, from those of the operands that are no indices.</summary>
    internal virtual int TangentOf(Nodes g, int node, ReadOnlySpan<int> tangents) => throw NoLists();

    /// <summary>What an operand of a list (no index) adds to its adjoint, from the list of the adjoints of the list's numbers.</summary>
    internal virtual int AdjointOf(Nodes g, int node, int operand, int adjoint) => throw NoLists();

    /// <summary>The node of a list: as it is, or what it simplifies to without changing a bit.</summary>
    internal virtual int Simplify(Nodes g, ReadOnlySpan<int> operands, int length) => g.Append(this, operands, length);

    /// <summary>True unless the derivative to this operand (0 or 1) is zero everywhere.</summary>
    internal virtual bool IsDifferentiable(int side) => side < OperandCount;

    /// <summary>True where the derivative to this operand is 1 or -1 everywhere.</summary>
    internal virtual bool IsUnit(int side) => false;

    /// <summary>
    /// w times the derivative of a node of this operation to one of its operands: what a tangent or an adjoint w passes on.
    /// </summary>
    internal abstract int Times(Nodes g, int w, int node, int side);

    /// <summary>For a node that chooses: a node that is 0 where this operand is not chosen, and positive where it is.</summary>
    internal virtual int Choice(Nodes g, int node, int side) => throw new InvalidOperationException($"{Name} does not choose.");

    /// <summary>
    /// The node of this operation on nodes a and b (-1: none), not both constants: as it is, or what it simplifies to without
    /// changing a bit.
    /// </summary>
    internal virtual int Simplify(Nodes g, int a, int b) => g.Append(this, a, b);

    /// <summary>The same, but for last digits, at less cost: for what nothing abrupt depends on, nor a guard.</summary>
    internal virtual int Cheapen(Nodes g, int a, int b) => g.Apply(this, a, b);

    /// <summary>True where no values of the operands at all give the result -0.0.</summary>
    internal virtual bool IsNeverNegativeZero(Nodes g, int a, int b) => false;

    /// <summary>Writes the instructions that replace the operands on the stack by the result.</summary>
    internal abstract void Write(ILGenerator code);

    /// <summary>Says how vectors of the operation are computed.</summary>
    internal abstract void Write(IVectorWriter writer);

    /// <inheritdoc/>
    public override string ToString() => Name;

    InvalidOperationException NoLists() => new($"{Name} has nothing to do with lists.");
}
