using System.Reflection.Emit;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// Writes a piece of straight code. A result that is used once is computed where it is used, as a part of a larger expression; one that
/// is used more often is a local variable; memory holds only what is needed after the piece.
/// </summary>
internal sealed class StraightEmitter
{
    /// <summary>Expressions nest no deeper than this: the just-in-time compiler walks them recursively.</summary>
    const int LargestDepth = 24;

    readonly MethodWriter method;
    readonly ILGenerator code;
    readonly StraightPiece piece;
    readonly Value[] results;
    readonly Value[] left;
    readonly Value[] right;

    /// <summary>A number in the piece: the result of one of its operations, or what was there before.</summary>
    sealed class Value
    {
        /// <summary>The operation, or -1 for a number that is loaded.</summary>
        internal int Producer { get; init; } = -1;

        internal Location Source { get; init; }

        internal int UseCount { get; set; }

        /// <summary>How deep its expression nests.</summary>
        internal int Depth { get; set; }

        internal LocalBuilder? Local { get; set; }
    }

    StraightEmitter(MethodWriter method, StraightPiece piece)
    {
        (this.method, code, this.piece) = (method, method.Code, piece);
        var count = piece.Code.Length;
        (results, left, right) = (new Value[count], new Value[count], new Value[count]);
    }

    internal static void Write(MethodWriter method, StraightPiece piece)
    {
        var writer = new StraightEmitter(method, piece);
        writer.Resolve();
        for (var j = 0; j < piece.Code.Length; j++) writer.Write(j);
    }

    /// <summary>Finds out which values the operations use, and how often each is used.</summary>
    void Resolve()
    {
        var current = new Dictionary<Location, Value>();
        for (var j = 0; j < left.Length; j++)
        {
            var (operation, target, a, b) = piece.Code[j];
            left[j] = ValueOf(a);
            right[j] = operation.IsBinary ? ValueOf(b) : left[j];
            var isCopy = operation == Operation.Input;
            results[j] = isCopy ? left[j] : new Value { Producer = j };
            if (!isCopy || IsStored(j)) left[j].UseCount++;
            if (operation.IsBinary) right[j].UseCount++;
            current[target] = results[j];
        }

        Value ValueOf(Location location)
        {
            if (!current.TryGetValue(location, out var value)) current[location] = value = new() { Source = location };
            return value;
        }
    }

    bool IsStored(int j) => piece.Kept[j] || piece.Code[j].Target.Space == Space.Output;

    void Write(int j)
    {
        var (operation, target, _, _) = piece.Code[j];
        Load(left[j]);
        if (operation.IsBinary) Load(right[j]);
        var result = results[j];
        if (operation != Operation.Input)
        {
            result.Depth = 1 + System.Math.Max(DepthOf(left[j]), DepthOf(right[j]));
            if (result.UseCount > 1 || result.UseCount > 0 && (IsStored(j) || result.Depth >= LargestDepth)) Keep(result);
        }

        if (!IsStored(j)) return;
        method.PushAddress(target);
        Push(result);
        code.Emit(OpCodes.Stind_R8);
    }

    /// <summary>Loads what may be overwritten before it is used, and what is used often.</summary>
    void Load(Value value)
    {
        if (value.Producer >= 0 || value.Local is not null || value.Source.Space == Space.Constant) return;
        if (value.Source.Space == Space.Work || value.UseCount > 1) Keep(value);
    }

    void Keep(Value value)
    {
        Push(value);
        value.Local = code.DeclareLocal(typeof(double));
        code.Emit(OpCodes.Stloc, value.Local);
    }

    void Push(Value value)
    {
        if (value.Local is not null)
        {
            code.Emit(OpCodes.Ldloc, value.Local);
            return;
        }

        if (value.Producer < 0)
        {
            method.Push(value.Source);
            return;
        }

        var operation = piece.Code[value.Producer].Operation;
        Push(left[value.Producer]);
        if (operation.IsBinary) Push(right[value.Producer]);
        operation.Write(code);
    }

    static int DepthOf(Value value) => value.Local is null ? value.Depth : 0;
}
