using System.Collections;
using System.Management.Automation;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>What if, while, -and, ! and [bool] make of a value.</summary>
internal static class Truth
{
    /// <summary>
    /// The truth of a value: a number is true unless it is 0, a list of one is what its element is, a longer list is true.
    /// </summary>
    internal static bool Of(object? value)
    {
        switch (value)
        {
            case bool flag:
                return flag;
            case TracedNumber number:
                return !number.Equals(0.0);
            case TracedText text:
                return text.ToString().Length > 0 ? true : throw Text.Used();
            case object?[] or TypedArray or NumberList or ArrayList:
                return OfList(Values.List(value)!);
            case IList list when Values.HoldsTraced(list):
                return OfList(Values.List(list)!);
            case BlockValue or Field:
                return true;
            default:
                return LanguagePrimitives.IsTrue(value);
        }
    }

    static bool OfList(IReadOnlyList<object?> list) => list.Count switch
    {
        0 => false,
        1 => Values.Seen(list[0]) is var only && Values.List(only) is { } inner && only is not string ? inner.Count > 0 : Of(only),
        _ => true,
    };
}
