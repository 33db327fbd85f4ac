using System.Reflection;
using System.Reflection.Emit;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Compiling;

/// <summary>Writes the loads and stores of a loop's body, and its counter.</summary>
internal sealed class LoopOperands
{
    static readonly int Lanes = VectorInstructions.LaneCount;

    readonly MethodWriter method;
    readonly ILGenerator code;
    readonly GatherTable gathers;
    readonly LocalBuilder[][] registers; // of the group of turns at hand
    readonly LocalBuilder offset; // bytes from the first turn's number to that of the group's first turn, in a slice
    readonly LocalBuilder? constantBase;
    readonly LocalBuilder? placeBase;
    int? turn; // the first turn of the group where it is known; otherwise it stands in the offset

    internal LoopOperands(MethodWriter method, Loop loop, GatherTable gathers)
    {
        (this.method, code, this.gathers) = (method, method.Code, gathers);
        registers = new LocalBuilder[loop.RegisterCount][];
        offset = code.DeclareLocal(typeof(nint));
        Access[] all =
        [
            .. loop.Body.SelectMany(each => each.Operation.IsBinary ? new[] { each.A, each.B } : [each.A]),
            .. loop.Sums.Select(sum => sum.Source),
            .. loop.Stores.Select(store => store.Target),
        ];
        var hasConstantLists = loop.Body.Any(each => each.Length > 0 && each.A.Space == Space.Constant);
        if (hasConstantLists || all.Any(access => access.Space == Space.Constant && !IsSame(access)))
            constantBase = Base(typeof(double), nameof(ProgramData.FirstConstant));
        if (all.Any(access => access.Space != Space.Register && access.Indices is not null))
            placeBase = Base(typeof(int), nameof(ProgramData.FirstPlace));
    }

    internal LocalBuilder[] NewVectors() =>
        [.. Enumerable.Range(0, LoopEmitter.Group / Lanes).Select(_ => code.DeclareLocal(VectorInstructions.Vector))];

    /// <summary>The next group begins at this turn.</summary>
    internal void FixAt(int first) => turn = first;

    /// <summary>The groups from here on are written once: sets the counter.</summary>
    internal void StartAt(int first)
    {
        turn = null;
        PushNative(first * sizeof(double));
        code.Emit(OpCodes.Stloc, offset);
    }

    /// <summary>Sets the counter to the next group, and goes back to the top while there is one.</summary>
    internal void AdvanceAndRepeat(int turns, int end, Label top)
    {
        code.Emit(OpCodes.Ldloc, offset);
        PushNative(turns * sizeof(double));
        code.Emit(OpCodes.Add);
        code.Emit(OpCodes.Stloc, offset);
        code.Emit(OpCodes.Ldloc, offset);
        PushNative(end * sizeof(double));
        code.Emit(OpCodes.Blt, top);
    }

    /// <summary>Forgets the registers of the group before.</summary>
    internal void Begin(int turns)
    {
        if (turns is < 1 or > LoopEmitter.Group) throw new ArgumentOutOfRangeException(nameof(turns));
        Array.Clear(registers);
    }

    internal void Set(int register, LocalBuilder[] vectors) => registers[register] = vectors;

    /// <summary>Pops a vector into a new local variable.</summary>
    internal LocalBuilder Keep()
    {
        var local = code.DeclareLocal(VectorInstructions.Vector);
        code.Emit(OpCodes.Stloc, local);
        return local;
    }

    /// <summary>A local variable with vector v of the group.</summary>
    internal LocalBuilder Local(Access access, int v, int turns)
    {
        if (access.Space == Space.Register) return registers[access.Offset][v];
        Push(access, v, turns);
        return Keep();
    }

    internal void Broadcast(double value)
    {
        code.Emit(OpCodes.Ldc_R8, value);
        code.Emit(OpCodes.Call, VectorInstructions.Broadcast);
    }

    internal void PushLane(LocalBuilder vector, int lane)
    {
        code.Emit(OpCodes.Ldloc, vector);
        code.Emit(OpCodes.Ldc_I4, lane);
        code.Emit(OpCodes.Call, VectorInstructions.Element);
    }

    /// <summary>Pushes vector v of the group; lanes that do not exist hold what the first lane holds.</summary>
    internal void Push(Access access, int v, int turns)
    {
        var lanes = System.Math.Min(Lanes, turns - v * Lanes);
        if (access.Space == Space.Register)
        {
            code.Emit(OpCodes.Ldloc, registers[access.Offset][v]);
        }
        else if (IsSame(access))
        {
            method.Push(new(access.Space, access.Offset));
            code.Emit(OpCodes.Call, VectorInstructions.Broadcast);
        }
        else if (IsSlice(access) && lanes == Lanes)
        {
            PushAddress(access, v * Lanes);
            code.Emit(OpCodes.Call, VectorInstructions.Load);
        }
        else
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                PushAddress(access, v * Lanes + (lane < lanes ? lane : 0));
                code.Emit(OpCodes.Ldind_R8);
            }

            code.Emit(OpCodes.Call, VectorInstructions.Assemble);
        }
    }

    internal void Store(Store store, int turns)
    {
        for (var k = 0; k < turns; k += Lanes)
        {
            var vector = registers[store.Register][k / Lanes];
            if (IsSlice(store.Target) && turns - k >= Lanes)
            {
                code.Emit(OpCodes.Ldloc, vector);
                PushAddress(store.Target, k);
                code.Emit(OpCodes.Call, VectorInstructions.Store);
                continue;
            }

            for (var lane = 0; lane < Lanes && k + lane < turns; lane++)
            {
                PushAddress(store.Target, k + lane);
                PushLane(vector, lane);
                code.Emit(OpCodes.Stind_R8);
            }
        }
    }

    /// <summary>Pushes the address of the number of a turn, counted from the group's first.</summary>
    internal void PushAddress(in Access access, int k)
    {
        if (access.Space == Space.Constant) code.Emit(OpCodes.Ldloc, constantBase!);
        else method.PushBase(access.Space);
        if (access.Indices is null) PushSteps(access.Offset + k * access.Stride, access.Stride);
        else PushPlace(gathers.FirstOf(access.Indices) + k);
        code.Emit(OpCodes.Add);
    }

    /// <summary>Pushes the bytes from the start of a space to the number of a turn.</summary>
    void PushSteps(int first, int stride)
    {
        if (turn is { } known)
        {
            PushNative((first + (long)known * stride) * sizeof(double));
            return;
        }

        code.Emit(OpCodes.Ldloc, offset);
        if (stride != 1)
        {
            PushNative(stride);
            code.Emit(OpCodes.Mul);
        }

        if (first == 0) return;
        PushNative((long)first * sizeof(double));
        code.Emit(OpCodes.Add);
    }

    /// <summary>Pushes the bytes from the start of a space to where the table of gathers says.</summary>
    void PushPlace(int entry)
    {
        code.Emit(OpCodes.Ldloc, placeBase!);
        if (turn is { } known)
        {
            PushNative((entry + (long)known) * sizeof(int));
        }
        else
        {
            code.Emit(OpCodes.Ldloc, offset);
            PushNative(sizeof(double) / sizeof(int));
            code.Emit(OpCodes.Div);
            PushNative((long)entry * sizeof(int));
            code.Emit(OpCodes.Add);
        }

        code.Emit(OpCodes.Add);
        code.Emit(OpCodes.Ldind_I4);
        code.Emit(OpCodes.Conv_I);
        PushNative(sizeof(double));
        code.Emit(OpCodes.Mul);
    }

    void PushNative(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue) code.Emit(OpCodes.Ldc_I4, (int)value);
        else code.Emit(OpCodes.Ldc_I8, value);
        code.Emit(OpCodes.Conv_I);
    }

    LocalBuilder Base(Type type, string name)
    {
        var local = code.DeclareLocal(type.MakeByRefType());
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(ProgramData).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!);
        code.Emit(OpCodes.Stloc, local);
        return local;
    }

    static bool IsSlice(in Access access) => access.Indices is null && access.Stride == 1;

    /// <summary>One number in every turn.</summary>
    static bool IsSame(in Access access) => access.Indices is null && access.Stride == 0;
}

/// <summary>The indices of the gathers of a program, one after the other; those of one array once.</summary>
internal sealed class GatherTable
{
    readonly Dictionary<int[], int> first = new(ReferenceEqualityComparer.Instance);
    readonly List<int> places = [];

    internal int FirstOf(int[] indices)
    {
        if (first.TryGetValue(indices, out var start)) return start;
        start = places.Count;
        places.AddRange(indices);
        return first[indices] = start;
    }

    internal int[] ToArray() => [.. places];
}
