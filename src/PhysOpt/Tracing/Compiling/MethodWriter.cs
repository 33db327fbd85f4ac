using System.Reflection;
using System.Reflection.Emit;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Compiling;

/// <summary>A part of a compiled program, on the first numbers of x, f(x) and the working memory; none of them overlap.</summary>
internal delegate void ProgramPart(ref double x, ref double values, ref double work);

/// <summary>What compiled code reads beside its arguments: instances are handed to it as its first argument.</summary>
/// <param name="constants">The constants of the program.</param>
/// <param name="places">The indices of all gathers, one access after the other.</param>
internal sealed class ProgramData(double[] constants, int[] places)
{
    internal double[] Constants { get; } = constants;

    internal int[] Places { get; } = places;

    /// <summary>The first constant; there must be one.</summary>
    internal static ref double FirstConstant(ProgramData data) => ref data.Constants[0];

    /// <summary>The first index of the gathers; there must be one.</summary>
    internal static ref int FirstPlace(ProgramData data) => ref data.Places[0];
}

/// <summary>
/// Writes one method in the runtime's intermediate language (ECMA-335, partition III): addresses, loads and stores of numbers.
/// </summary>
internal sealed class MethodWriter
{
    readonly DynamicMethod method;
    readonly double[] constants;

    internal MethodWriter(double[] constants)
    {
        this.constants = constants;
        var number = typeof(double).MakeByRefType();
        method = new("PhysOpt.Traced", typeof(void), [typeof(ProgramData), number, number, number], typeof(MethodWriter).Module,
            skipVisibility: true);
        Code = method.GetILGenerator(4096);
    }

    internal ILGenerator Code { get; }

    internal void PushConstant(int index) => Code.Emit(OpCodes.Ldc_R8, constants[index]);

    /// <summary>Pushes the address of the first number of a space that is an argument.</summary>
    internal void PushBase(Space space) => Code.Emit(space switch
    {
        Space.Input => OpCodes.Ldarg_1,
        Space.Output => OpCodes.Ldarg_2,
        Space.Work => OpCodes.Ldarg_3,
        _ => throw new InvalidOperationException($"{space} has no address."),
    });

    /// <summary>Adds a number of elements to the address on the stack.</summary>
    internal void Move(int elements)
    {
        if (elements == 0) return;
        Code.Emit(OpCodes.Ldc_I4, elements * sizeof(double));
        Code.Emit(OpCodes.Add);
    }

    internal void PushAddress(Location location)
    {
        PushBase(location.Space);
        Move(location.Index);
    }

    /// <summary>Pushes the address of a constant.</summary>
    internal void PushConstantAddress(int index)
    {
        Code.Emit(OpCodes.Ldarg_0);
        Code.Emit(OpCodes.Call, typeof(ProgramData).GetMethod(
            nameof(ProgramData.FirstConstant), BindingFlags.Static | BindingFlags.NonPublic)!);
        Move(index);
    }

    /// <summary>Pushes a number.</summary>
    internal void Push(Location location)
    {
        if (location.Space == Space.Constant)
        {
            PushConstant(location.Index);
            return;
        }

        PushAddress(location);
        Code.Emit(OpCodes.Ldind_R8);
    }

    /// <summary>Ends the method.</summary>
    internal ProgramPart Finish(ProgramData data)
    {
        Code.Emit(OpCodes.Ret);
        return method.CreateDelegate<ProgramPart>(data);
    }
}
