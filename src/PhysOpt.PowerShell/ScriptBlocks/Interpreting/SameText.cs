using System.Globalization;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// What switch asks of a value and the constant of a clause: whether they are the same as text. Of a double PowerShell writes 15 digits, so
/// that 0.1 + 0.2 is 0.3 to it, and -0 is not 0.
/// </summary>
internal static class SameText
{
    /// <summary>True where value and constant are the same text; a guard where the value is traced.</summary>
    /// <exception cref="TraceRefusedException">The constant depends on traced numbers too.</exception>
    internal static bool Of(object? value, object? constant, bool isCase)
    {
        (value, constant) = (Values.OrNull(value), Values.OrNull(constant));
        if (constant is TracedNumber && !Values.HoldsTraced(value)) (value, constant) = (constant, value); // text has no sides
        if (Values.HoldsTraced(constant))
            throw new TraceRefusedException("Its switch compares two traced numbers, as text");
        if (value is not TracedNumber number)
            return Values.HoldsTraced(value) ? throw Text.Used() : PlainScript.IsSameText(value, constant, isCase);
        if (number.Type == TypeCode.Decimal) throw new TraceRefusedException("It switches on a traced decimal, which is compared as text");
        var text = Text.Of(constant);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var wanted)) return false;
        if (Conversions.IsWhole(number.Type))
            return ((long)wanted).ToString(CultureInfo.InvariantCulture) == text && Comparison.AreEqual(number, wanted);
        if (Text.Of(wanted) != text) return false; // no double is written so
        if (double.IsNaN(wanted)) return !Comparison.AreEqual(number, number);
        if (wanted == 0) return Comparison.AreEqual(number, 0.0)
            && Comparison.Holds(double.IsNegative(wanted) ? "lt" : "gt", PhysOpt.Math.CopySign(1.0, number), 0.0);
        return Comparison.Holds("ge", number, Last(wanted, text, double.BitDecrement))
            && Comparison.Holds("le", number, Last(wanted, text, double.BitIncrement));
    }

    /// <summary>The last of the numbers in one direction that are written in the same way.</summary>
    static double Last(double number, string text, Func<double, double> next)
    {
        for (var further = next(number); double.IsFinite(further) && Text.Of(further) == text; further = next(number)) number = further;
        return number;
    }
}
