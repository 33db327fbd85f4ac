using System.Globalization;
using System.Management.Automation;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Reads records, and what is like them: rows of a CSV, in which all is text, objects of Select-Object or
/// ConvertFrom-Json, and records from a file or another session. Numbers in text are read in no culture, or else in the
/// current one, in which Export-Csv writes them.
/// </summary>
/// <param name="source">What the rows are called in messages, such as "Row"; they are counted from 1.</param>
/// <remarks>
/// Wanted are Iteration and x, as a column X or as one column for each component (X0, X1, ... or the names of the
/// variables). A step that is not there is taken from the row before.
/// </remarks>
internal sealed class RecordRows(string source = "Row")
{
    readonly Dictionary<string, OptimizationProblem?> problems = [];
    RowColumns? columns; // as long as the rows have the same
    IterationRecord? last;
    int count;

    /// <summary>The record that an object is, or stands for.</summary>
    /// <exception cref="ProblemException">It is not like a record, or something in it is not a number; the message
    /// names row and column.</exception>
    internal IterationRecord Read(object? row)
    {
        count++;
        return last = Numbers.Unwrap(row) as IterationRecord ?? ReadRow(row is null ? null : PSObject.AsPSObject(row));
    }

    IterationRecord ReadRow(PSObject? row)
    {
        if (row?.Properties[nameof(IterationRecord.Iteration)] is null)
        {
            throw new ProblemException(
                "RowNotARecord",
                $"{source} {count} is {Numbers.Describe(Numbers.Unwrap(row))} without a column Iteration: no record, nor a row of one.",
                "Give the records of a run, or what Export-Csv and Import-Csv have made of them.");
        }

        if (columns?.Fit(row) != true) columns = new(row);
        var y = Vector(row, nameof(IterationRecord.Y)) ?? Components(row, columns.Y);
        var x = Vector(row, nameof(IterationRecord.X));
        var names = columns.X;
        if (x is null)
        {
            x = Components(row, columns.X) ?? throw new ProblemException(
                "RowWithoutX", $"{source} {count} has no x: neither a column X, nor X0, X1, ..., nor the names of variables.",
                "Keep these columns when rows are exported.");
        }
        else if (!Shows(row, x, names))
        {
            names = [];
        }

        var record = new IterationRecord
        {
            Method = Value(row, nameof(IterationRecord.Method))?.ToString() ?? "",
            Run = Whole(row, nameof(IterationRecord.Run)),
            Iteration = Whole(row, nameof(IterationRecord.Iteration)),
            Loss = Number(row, nameof(IterationRecord.Loss)) ?? double.NaN,
            GradientNorm = Number(row, nameof(IterationRecord.GradientNorm)),
            Evaluations = (long)(Number(row, nameof(IterationRecord.Evaluations)) ?? 0),
            GradientEvaluations = (long)(Number(row, nameof(IterationRecord.GradientEvaluations)) ?? 0),
            Elapsed = Converted<TimeSpan>(row, nameof(IterationRecord.Elapsed), "a duration"),
            Status = Converted<TerminationReason>(row, nameof(IterationRecord.Status), "a status"),
            X = x,
            Y = y,
            Gradient = Vector(row, nameof(IterationRecord.Gradient)),
            Step = Vector(row, nameof(IterationRecord.Step)),
            Variables = names.Count == x.Count ? columns.Names(x.Count) : null,
        };
        var step = record.Step ?? (last is { } before && before.Method == record.Method && before.Run == record.Run
            && before.Iteration + 1 == record.Iteration
            && before.X.Count == x.Count ? x - before.X : null);
        return record with
        {
            Step = step,
            StepNorm = Number(row, nameof(IterationRecord.StepNorm)) ?? step?.Norm ?? 0,
            Problem = Value(row, nameof(IterationRecord.Problem)) is { } problem ? FromGallery(PSObject.AsPSObject(problem), record) : null,
        };
    }

    /// <summary>
    /// The gallery's problem of that name: the one whose description it has, or else whose loss is the row's at its x.
    /// Script blocks do not travel.
    /// </summary>
    OptimizationProblem? FromGallery(PSObject problem, IterationRecord record)
    {
        var name = problem.ToString();
        if (problems.TryGetValue(name, out var known)) return known;
        var found = IterationRecordConverter.FromGallery(problem);
        var isSure = found is null || problem.Properties[nameof(OptimizationProblem.Description)] is not null || HasLoss(found, record);
        return problems[name] = isSure ? found : null;
    }

    static bool HasLoss(OptimizationProblem problem, IterationRecord record)
    {
        if (problem.Dimension != record.X.Count) return false;
        var loss = problem.Loss.Evaluate(problem.Physics?.Evaluate(record.X) ?? record.X)[0];
        return double.Abs(loss - record.Loss) <= 1e-9 * double.Max(double.Abs(loss), double.Abs(record.Loss));
    }

    /// <summary>
    /// True where the columns hold the components of x: others than the variables may stand among them.
    /// </summary>
    static bool Shows(PSObject row, Vector x, IReadOnlyList<string> names) =>
        names.Count >= x.Count && !x.Where((value, i) => !(TryNumber(Value(row, names[i]), out var number) && number.Equals(value))).Any();

    Vector? Components(PSObject row, IReadOnlyList<string> names) =>
        names.Count == 0 || (names.All(name => Value(row, name) is null)) ? null
            : PhysOpt.Vector.Wrap([.. names.Select(name => Number(row, name) ?? throw NotNumeric(name, null))]);

    Vector? Vector(PSObject row, string column) =>
        Value(row, column) is not { } value ? null
        : VectorConverter.TryConvert(value, out var vector, out var culprit) ? vector
        : throw NotNumeric(column, culprit);

    int Whole(PSObject row, string column) =>
        Number(row, column) is not { } number ? 0
        : number is >= 0 and <= int.MaxValue && double.IsInteger(number) ? (int)number
        : throw Wrong(column, Value(row, column), "a whole number");

    double? Number(PSObject row, string column) =>
        Value(row, column) is not { } value ? null : TryNumber(value, out var number) ? number : throw NotNumeric(column, value);

    T Converted<T>(PSObject row, string column, string wanted) where T : struct
    {
        var value = Value(row, column);
        if (value is null) return default;
        // as ConvertTo-Json writes a duration
        if (value is PSObject { BaseObject: PSCustomObject } parts && parts.Properties["Ticks"] is { } ticks) value = ticks.Value;
        return LanguagePrimitives.TryConvertTo<T>(value, CultureInfo.InvariantCulture, out var converted) ? converted
            : throw Wrong(column, value, wanted);
    }

    static bool TryNumber(object? value, out double number) =>
        value is string text
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                || double.TryParse(text, NumberStyles.Float, CultureInfo.CurrentCulture, out number) // as Export-Csv writes numbers
            : Numbers.TryNumber(value, out number);

    /// <summary>What a column holds; null for an empty one too.</summary>
    static object? Value(PSObject row, string column)
    {
        var value = row.Properties[column]?.Value;
        var plain = Numbers.Unwrap(value);
        return plain is string { Length: 0 } ? null : plain is PSCustomObject ? value : plain;
    }

    ProblemException NotNumeric(string column, object? value) => Wrong(column, value, "a number");

    ProblemException Wrong(string column, object? value, string wanted) => new(
        "RowNotNumeric",
        $"{source} {count}, column {column}: {(value is null ? "it is empty" : $"{Numbers.Describe(value)} is not {wanted}")}.",
        wanted.EndsWith("number", StringComparison.Ordinal)
            ? "Numbers are read with a point, such as 0.8, and without separators of thousands." : "Leave the column out, or mend it.");
}
