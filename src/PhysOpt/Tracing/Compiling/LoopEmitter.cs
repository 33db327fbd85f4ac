using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// Writes a loop: eight turns at a time, in one or several vectors, and then what is left of the turns as one more group of eight,
/// of which only
/// the lanes that exist are loaded and stored.
/// </summary>
internal sealed class LoopEmitter : IVectorWriter
{
    /// <summary>Turns at a time, on every machine: a sum is one of eight partial sums.</summary>
    internal const int Group = 8;

    static readonly int Lanes = VectorInstructions.LaneCount;

    readonly ILGenerator code;
    readonly Loop loop;
    readonly LoopOperands operands;
    readonly LocalBuilder[][] sums;
    LoopOperation current;
    LocalBuilder[] results = []; // of the current operation, one vector each
    int turns; // of the group at hand

    LoopEmitter(MethodWriter method, Loop loop, GatherTable gathers)
    {
        (code, this.loop) = (method.Code, loop);
        operands = new(method, loop, gathers);
        sums = [.. loop.Sums.Select(_ => operands.NewVectors())];
    }

    internal static void Write(MethodWriter method, Loop loop, GatherTable gathers)
    {
        var writer = new LoopEmitter(method, loop, gathers);
        writer.WriteTurns();
        for (var s = 0; s < loop.Sums.Count; s++) writer.WriteTotal(method, s);
    }

    void WriteTurns()
    {
        foreach (var local in sums.SelectMany(locals => locals))
        {
            operands.Broadcast(-0.0);
            code.Emit(OpCodes.Stloc, local);
        }

        var (groups, rest) = (loop.Length / Group, loop.Length % Group);
        if (groups > 1)
        {
            var top = code.DefineLabel();
            operands.StartAt(0);
            code.MarkLabel(top);
            WriteGroup(Group);
            operands.AdvanceAndRepeat(Group, groups * Group, top);
        }
        else if (groups == 1)
        {
            operands.FixAt(0);
            WriteGroup(Group);
        }

        if (rest == 0) return;
        operands.FixAt(groups * Group);
        WriteGroup(rest);
    }

    /// <inheritdoc/>
    public void Instruction(string name)
    {
        var method = VectorInstructions.Of(name, current.Operation.OperandCount);
        for (var v = 0; v < results.Length; v++)
        {
            operands.Push(current.A, v, turns);
            if (current.Operation.IsBinary) operands.Push(current.B, v, turns);
            code.Emit(OpCodes.Call, method);
            results[v] = operands.Keep();
        }
    }

    /// <inheritdoc/>
    public void Function(MethodInfo ofEight)
    {
        VectorParts.PushWhole(code, Locals(current.A));
        if (current.Operation.IsBinary) VectorParts.PushWhole(code, Locals(current.B));
        code.Emit(OpCodes.Call, ofEight);
        results = VectorParts.Split(code, results.Length);

        LocalBuilder[] Locals(Access access) => [.. Enumerable.Range(0, results.Length).Select(v => operands.Local(access, v, turns))];
    }

    /// <inheritdoc/>
    public void Choice(ReadOnlySpan<Case> cases, Part otherwise)
    {
        for (var v = 0; v < results.Length; v++)
        {
            var (a, b) = Locals(v);
            foreach (var (comparison, to, result) in cases)
            {
                code.Emit(OpCodes.Ldloc, a);
                Push(to, a, b);
                code.Emit(OpCodes.Call, VectorInstructions.Of(comparison, 2));
                Push(result, a, b);
            }

            Push(otherwise, a, b);
            for (var k = 0; k < cases.Length; k++) code.Emit(OpCodes.Call, VectorInstructions.Select);
            results[v] = operands.Keep();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Only of the lanes that exist.</remarks>
    public void NumberByNumber(Operation operation)
    {
        for (var v = 0; v < results.Length; v++)
        {
            var (a, b) = Locals(v);
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (v * Lanes + lane >= turns)
                {
                    code.Emit(OpCodes.Ldc_R8, 0.0);
                    continue;
                }

                operands.PushLane(a, lane);
                if (operation.IsBinary) operands.PushLane(b, lane);
                operation.Write(code);
            }

            code.Emit(OpCodes.Call, VectorInstructions.Assemble);
            results[v] = operands.Keep();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Only of the lanes that exist.</remarks>
    public void FromList(Operation operation)
    {
        for (var v = 0; v < results.Length; v++)
        {
            var indices = operands.Local(current.B, v, turns);
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (v * Lanes + lane >= turns)
                {
                    code.Emit(OpCodes.Ldc_R8, 0.0);
                    continue;
                }

                operands.PushAddress(current.A, v * Lanes + lane);
                code.Emit(OpCodes.Ldc_I4, current.Length);
                operands.PushLane(indices, lane);
                operation.Write(code);
            }

            code.Emit(OpCodes.Call, VectorInstructions.Assemble);
            results[v] = operands.Keep();
        }
    }

    /// <summary>Eight turns, or the first few of eight.</summary>
    void WriteGroup(int turns)
    {
        this.turns = turns;
        operands.Begin(turns);
        foreach (var operation in loop.Body) Write(operation);
        for (var s = 0; s < sums.Length; s++)
        {
            for (var v = 0; v < VectorsFor(turns); v++) Accumulate(loop.Sums[s].Source, sums[s][v], v, turns);
        }

        foreach (var store in loop.Stores) operands.Store(store, turns);
    }

    void Write(in LoopOperation operation)
    {
        (current, results) = (operation, new LocalBuilder[VectorsFor(turns)]);
        if (operation.Operation == Operation.Input) Load();
        else operation.Operation.Write(this);
        operands.Set(operation.Target, results);
    }

    void Load()
    {
        for (var v = 0; v < results.Length; v++)
        {
            operands.Push(current.A, v, turns);
            results[v] = operands.Keep();
        }
    }

    (LocalBuilder A, LocalBuilder B) Locals(int v)
    {
        var a = operands.Local(current.A, v, turns);
        return (a, current.Operation.IsBinary ? operands.Local(current.B, v, turns) : a);
    }

    void Push(Part part, LocalBuilder a, LocalBuilder b)
    {
        if (part.Operand < 0) operands.Broadcast(part.Number);
        else code.Emit(OpCodes.Ldloc, part.Operand == 0 ? a : b);
    }

    void Accumulate(Access source, LocalBuilder sum, int v, int turns)
    {
        code.Emit(OpCodes.Ldloc, sum);
        var lanes = System.Math.Min(Lanes, turns - v * Lanes);
        if (lanes < Lanes)
        {
            for (var lane = 0; lane < Lanes; lane++) code.Emit(OpCodes.Ldc_I8, lane < lanes ? -1L : 0L);
            foreach (var part in VectorInstructions.AssembleBits) code.Emit(OpCodes.Call, part);
        }

        operands.Push(source, v, turns);
        if (lanes < Lanes)
        {
            operands.Broadcast(-0.0); // adding it changes nothing
            code.Emit(OpCodes.Call, VectorInstructions.Select);
        }

        code.Emit(OpCodes.Call, VectorInstructions.Of(nameof(Vector512.Add), 2));
        code.Emit(OpCodes.Stloc, sum);
    }

    void WriteTotal(MethodWriter method, int s)
    {
        method.PushAddress(loop.Sums[s].Target);
        VectorParts.PushWhole(code, sums[s]);
        code.Emit(OpCodes.Call, ((Func<Vector512<double>, double>)VectorParts.Total).Method);
        code.Emit(OpCodes.Stind_R8);
    }

    static int VectorsFor(int turns) => (turns + Lanes - 1) / Lanes;
}
