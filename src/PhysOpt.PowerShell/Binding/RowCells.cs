using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>The cells of one row, read as numbers, vectors, durations; errors name the row and the column.</summary>
/// <param name="source">What the rows are called in messages, such as "Row".</param>
/// <param name="count">Which row it is, counted from 1.</param>
/// <param name="row">The row.</param>
internal sealed class RowCells(string source, int count, PSObject row)
{
    /// <summary>How far a component may be from the column X: programs that save tables round numbers.</summary>
    const double Rounding = 1e-5;

    /// <summary>Which row it is, counted from 1.</summary>
    internal int Count => count;

    /// <summary>The names of the columns, in their order.</summary>
    internal IEnumerable<string> Names => row.Properties.Select(property => property.Name);

    /// <summary>True where there is such a column, empty or not.</summary>
    internal bool Has(string column) => row.Properties[column] is not null;

    /// <summary>What a column holds; null for an empty one too.</summary>
    internal object? Value(string column)
    {
        var value = row.Properties[column]?.Value;
        var plain = Numbers.Unwrap(value);
        return plain is string text && string.IsNullOrWhiteSpace(text) ? null : plain is PSCustomObject ? value : plain;
    }

    /// <summary>True where a column holds a number, or text that is one.</summary>
    internal bool IsNumber(string column) => TryNumber(Value(column), out _);

    /// <summary>The number in a column; null where it is empty or missing.</summary>
    internal double? Number(string column) =>
        Value(column) is not { } value ? null : TryNumber(value, out var number) ? number : throw NotNumeric(column);

    /// <summary>The whole number in a column; 0 where it is empty or missing.</summary>
    internal int Whole(string column) =>
        Number(column) is not { } number ? 0
        : number is >= 0 and <= int.MaxValue && double.IsInteger(number) ? (int)number
        : throw Wrong(column, Value(column), "a whole number");

    /// <summary>The vector in a column; null where it is empty or missing.</summary>
    internal Vector? Vector(string column) =>
        Value(column) is not { } value ? null
        : VectorConverter.TryConvert(value, out var vector, out var culprit) ? vector
        : throw Wrong(column, culprit, "a number");

    /// <summary>The vector of which each component has a column; null where there are none, or all are empty.</summary>
    internal Vector? Components(IReadOnlyList<string> columns) =>
        columns.All(name => Value(name) is null) ? null
            : PhysOpt.Vector.Wrap([.. columns.Select(name => Number(name) ?? throw NotNumeric(name))]);

    /// <summary>What a column holds, as another type; null where it is empty or missing.</summary>
    internal T? Converted<T>(string column, string wanted) where T : struct
    {
        var value = Value(column);
        if (value is null) return null;
        // as ConvertTo-Json writes a duration
        if (value is PSObject { BaseObject: PSCustomObject } parts && parts.Properties["Ticks"] is { } ticks) value = ticks.Value;
        return LanguagePrimitives.TryConvertTo<T>(value, CultureInfo.InvariantCulture, out var converted) ? converted
            : throw Wrong(column, value, wanted);
    }

    /// <summary>True where a column holds that number, but for rounding.</summary>
    internal bool Says(string column, double number) => TryNumber(Value(column), out var said) && (said.Equals(number)
        || double.Abs(said - number) <= Rounding * double.Max(double.Abs(said), double.Abs(number)));

    /// <summary>The error that a cell is empty, or holds no number.</summary>
    internal ProblemException NotNumeric(string column) => Wrong(column, Value(column), "a number");

    /// <summary>The error that a component is another number than the column of the vector says.</summary>
    internal ProblemException Contradiction(string column, string vector, double number) => Value(column) is { } value && !IsNumber(column)
        ? NotNumeric(column)
        : new("RowContradicts", FormattableString.Invariant(
            $"{source} {count}, column {column}: {What(column)}, but column {vector} says {number}."),
            "Mend the one that is wrong, or leave one of the two columns out.");

    /// <summary>The error that a column holds numbers after all.</summary>
    internal ProblemException LateNumber(string column, int first) => new(
        "RowColumnUnclear",
        $"{source} {count}, column {column}: {What(column)}, but none in row {first}, so that it was not taken as a variable.",
        "Mend the column where it holds no number, or leave it out.");

    string What(string column) => TryNumber(Value(column), out var number) ? FormattableString.Invariant($"there is the number {number}")
        : "it is empty";

    ProblemException Wrong(string column, object? value, string wanted) => new(
        "RowNotNumeric",
        $"{source} {count}, column {column}: {(value is null ? "it is empty" : $"{Numbers.Describe(value)} is not {wanted}")}.",
        value is null ? "Fill the cell, or leave the row or the column out."
            : wanted.EndsWith("number", StringComparison.Ordinal)
            ? "Numbers are read with a point, such as 0.8, and without separators of thousands." : "Leave the column out, or mend it.");

    static bool TryNumber(object? value, out double number) =>
        value is string text
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                || double.TryParse(text, NumberStyles.Float, CultureInfo.CurrentCulture, out number) // as Export-Csv writes numbers
            : Numbers.TryNumber(value, out number);
}
