using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Numerics;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Reads numbers out of what PowerShell hands over: a number, a list of numbers, a field of plain numbers, any of them wrapped.
/// </summary>
internal static class Numbers
{
    /// <summary>What stands in the way of reading an object as numbers.</summary>
    internal enum Obstacle { None, Nothing, NotNumeric }

    /// <summary>The numbers in <paramref name="value"/>: one for a number, several for a flat list of numbers.</summary>
    /// <param name="value">The object, wrapped or not.</param>
    /// <param name="numbers">The numbers; empty where there is an obstacle.</param>
    /// <param name="culprit">The first thing that is not a number.</param>
    /// <param name="acceptText">
    /// Whether elements of a list may be text that is a number: of an argument such as -1.2,1 PowerShell makes the text "-1.2" and the
    /// number 1.
    /// </param>
    internal static Obstacle Read(object? value, out double[] numbers, out object? culprit, bool acceptText = false)
    {
        numbers = [];
        culprit = null;
        value = Unwrap(value);
        switch (value)
        {
            case null:
                return Obstacle.Nothing;
            case double[] array:
                numbers = (double[])array.Clone();
                return Obstacle.None;
            case Vector vector:
                numbers = vector.ToArray();
                return Obstacle.None;
            case Field field when field.ToArray() is double[] values:
                numbers = values;
                return Obstacle.None;
            case var scalar when TryNumber(scalar, out var number):
                numbers = [number];
                return Obstacle.None;
            case IEnumerable list and not (string or IDictionary):
                return ReadList(list, acceptText, out numbers, out culprit);
            default:
                culprit = value;
                return Obstacle.NotNumeric;
        }
    }

    static Obstacle ReadList(IEnumerable list, bool acceptText, out double[] numbers, out object? culprit)
    {
        numbers = [];
        culprit = null;
        var found = new List<double>();
        foreach (var item in list)
        {
            var element = Unwrap(item);
            if (!TryNumber(element, out var number) && !(acceptText && element is string text && TryParse(text, out number)))
            {
                culprit = element;
                return Obstacle.NotNumeric;
            }

            found.Add(number);
        }

        numbers = [.. found];
        return Obstacle.None;
    }

    /// <summary>
    /// The numbers of a matrix, row by row: of a matrix, of a list of rows, or of a flat list of all its numbers; null where there is
    /// something else.
    /// </summary>
    /// <param name="value">The object, wrapped or not.</param>
    /// <param name="columns">How many numbers a row of a list has to have.</param>
    /// <param name="culprit">What there is instead of a row of that length, in words.</param>
    internal static double[]? ReadRows(object? value, int columns, out string? culprit)
    {
        culprit = null;
        switch (Unwrap(value))
        {
            case Matrix matrix:
                return [.. Enumerable.Range(0, matrix.RowCount).SelectMany(matrix.Row)];
            case double[,] grid:
                return [.. grid.Cast<double>()];
            case IEnumerable list and not (string or IDictionary) when list.Cast<object?>().Select(Unwrap)
                .Any(row => row is IEnumerable and not (string or IDictionary)):
                var numbers = new List<double>();
                foreach (var row in list)
                {
                    var obstacle = Read(row, out var read, out var wrong);
                    if (obstacle != Obstacle.None) culprit = Describe(wrong ?? Unwrap(row));
                    else if (read.Length != columns) culprit = $"a row of {read.Length}";
                    if (culprit is not null) return null;
                    numbers.AddRange(read);
                }

                return [.. numbers];
            default:
                if (Read(value, out var flat, out var other) == Obstacle.None) return flat;
                culprit = Describe(other);
                return null;
        }
    }

    /// <summary>True for a number of any numeric type.</summary>
    internal static bool IsNumber(object? value) => TryNumber(value, out _);

    /// <summary>Text that names a type and a value, for messages: "the text 'abc'", "a Hashtable".</summary>
    internal static string Describe(object? value) => value switch
    {
        null => "nothing ($null)",
        string text => $"the text '{(text.Length > 40 ? text[..40] + "..." : text)}'",
        bool flag => flag ? "the Boolean $true" : "the Boolean $false",
        _ when TryNumber(value, out var number) => FormattableString.Invariant($"the number {number}"),
        _ => $"an object of type {value.GetType().Name}",
    };

    /// <summary>The object itself; null for the empty output of a block, which is an object too.</summary>
    internal static object? Unwrap(object? value) => value switch
    {
        PSObject when ReferenceEquals(value, AutomationNull.Value) => null,
        PSObject wrapped => wrapped.BaseObject,
        _ => value,
    };

    static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Numbers of all numeric types; not text, Booleans, characters or dates, although these convert.</summary>
    internal static bool TryNumber(object? value, out double number)
    {
        number = 0;
        switch (value)
        {
            case double d:
                number = d;
                return true;
            case int i:
                number = i;
                return true;
            case BigInteger big:
                number = (double)big;
                return true;
            case Half half:
                number = (double)half;
                return true;
            case Enum:
                return false;
            case IConvertible convertible when convertible.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal:
                number = convertible.ToDouble(CultureInfo.InvariantCulture);
                return true;
            default:
                return false;
        }
    }
}
