using System.Reflection.Emit;
using System.Runtime.InteropServices;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Compiling;

/// <summary>Writes the calls that clear a list and add terms where their indices say.</summary>
internal static class ScatterEmitter
{
    internal static void Write(MethodWriter method, Scattering scattering)
    {
        var code = method.Code;
        method.PushAddress(scattering.List);
        code.Emit(OpCodes.Ldc_I4, scattering.Length);
        code.Emit(OpCodes.Call, ((ClearMethod)Clear).Method);
        foreach (var (count, terms, indices) in scattering.Parts)
        {
            method.PushAddress(scattering.List);
            code.Emit(OpCodes.Ldc_I4, scattering.Length);
            Push(terms);
            Push(indices);
            code.Emit(OpCodes.Ldc_I4, count);
            code.Emit(OpCodes.Call, ((AddMethod)ScatterOperation.AddTerms).Method);
        }

        void Push(Access access)
        {
            if (access.Space == Space.Constant) method.PushConstantAddress(access.Offset);
            else method.PushAddress(new(access.Space, access.Offset));
            code.Emit(OpCodes.Ldc_I4, access.Stride);
            code.Emit(OpCodes.Conv_I);
        }
    }

    delegate void ClearMethod(ref double list, int length);

    delegate void AddMethod(ref double list, int length, ref double terms, nint step, ref double indices, nint indexStep, int count);

    static void Clear(ref double list, int length) => MemoryMarshal.CreateSpan(ref list, length).Clear();
}
