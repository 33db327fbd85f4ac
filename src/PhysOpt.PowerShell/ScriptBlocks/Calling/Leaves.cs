using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>Values that nothing is in that could change: numbers, text, types, and what PhysOpt itself makes.</summary>
internal static class Leaves
{
    /// <summary>True for such a value.</summary>
    internal static bool IsLeaf(object? value) => value is null || (value is ValueType ? IsPlain(value) : IsConstant(value));

    /// <summary>
    /// True where one can stand for the other: the same object, or a number of the same type and bits (the sign of zero counts), the same
    /// text.
    /// </summary>
    internal static bool AreSame(object? a, object? b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a is null || b is null || a.GetType() != b.GetType()) return false;
        return a switch
        {
            double number => BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits((double)b),
            float number => BitConverter.SingleToInt32Bits(number) == BitConverter.SingleToInt32Bits((float)b),
            Half number => BitConverter.HalfToInt16Bits(number) == BitConverter.HalfToInt16Bits((Half)b),
            DateTime time => time.Equals(b) && time.Kind == ((DateTime)b).Kind,
            Vector vector => MemoryMarshal.AsBytes(vector.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(((Vector)b).AsSpan())),
            Ast ast => ast.Extent.Text == ((Ast)b).Extent.Text,
            ValueType or string or Version or Uri => a.Equals(b),
            _ => false,
        };
    }

    static bool IsPlain(object value) =>
        value.GetType() is { IsPrimitive: true } or { IsEnum: true }
        || value is decimal or DateTime or TimeSpan or DateTimeOffset or Guid or BigInteger or Half or DateOnly or TimeOnly;

    static bool IsConstant(object value) =>
        value is string or Type or Version or Uri or Regex or Capture or MatchCollection or DBNull or Ast or PSModuleInfo or CmdletInfo
            or CultureInfo { IsReadOnly: true }
        || value.GetType().FullName == "System.Management.Automation.SemanticVersion" // which the contract of 5.1 does not have
        || value.GetType().Namespace?.StartsWith("PhysOpt", StringComparison.Ordinal) == true;
}
