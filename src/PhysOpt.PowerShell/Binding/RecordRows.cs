using System.Management.Automation;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;

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
    /// <param name="row">The object.</param>
    /// <param name="warn">Is told what is not clear in rows; null for nobody.</param>
    /// <exception cref="ProblemException">It is not like a record, or something in it is not a number; the message
    /// names row and column.</exception>
    internal IterationRecord Read(object? row, Action<string>? warn = null)
    {
        count++;
        return last = Numbers.Unwrap(row) as IterationRecord ?? ReadRow(row is null ? null : PSObject.AsPSObject(row), warn);
    }

    IterationRecord ReadRow(PSObject? row, Action<string>? warn)
    {
        if (row?.Properties[nameof(IterationRecord.Iteration)] is null)
        {
            throw new ProblemException(
                "RowNotARecord",
                $"{source} {count} is {Numbers.Describe(Numbers.Unwrap(row))} without a column Iteration: no record, nor a row of one.",
                "Give the records of a run, or what Export-Csv and Import-Csv have made of them.");
        }

        var cells = new RowCells(source, count, row);
        if (columns?.Fit(cells) != true) columns = new(cells);
        var y = columns.Y(cells);
        var (x, names) = columns.X(cells, warn) ?? throw new ProblemException(
            "RowWithoutX", $"{source} {count} has no x: neither a column X, nor X0, X1, ..., nor the names of variables.",
            "Keep these columns when rows are exported.");
        var hasLoss = cells.Has(nameof(IterationRecord.Loss));
        var evaluations = cells.Number(nameof(IterationRecord.Evaluations));
        var elapsed = cells.Converted<TimeSpan>(nameof(IterationRecord.Elapsed), "a duration");
        var status = cells.Converted<TerminationReason>(nameof(IterationRecord.Status), "a status");
        var record = new IterationRecord
        {
            Method = cells.Value(nameof(IterationRecord.Method))?.ToString() ?? "",
            Run = cells.Whole(nameof(IterationRecord.Run)),
            Iteration = cells.Whole(nameof(IterationRecord.Iteration)),
            Loss = hasLoss ? cells.Number(nameof(IterationRecord.Loss)) ?? throw cells.NotNumeric(nameof(IterationRecord.Loss))
                : double.NaN,
            GradientNorm = cells.Number(nameof(IterationRecord.GradientNorm)),
            Evaluations = (long)(evaluations ?? 0),
            GradientEvaluations = (long)(cells.Number(nameof(IterationRecord.GradientEvaluations)) ?? 0),
            Elapsed = elapsed ?? default,
            Status = status ?? default,
            Unknown = (hasLoss ? 0 : UnknownParts.Loss) | (evaluations is null ? UnknownParts.Evaluations : 0)
                | (elapsed is null ? UnknownParts.Elapsed : 0) | (status is null ? UnknownParts.Status : 0),
            X = x,
            Y = y,
            Gradient = cells.Vector(nameof(IterationRecord.Gradient)),
            Step = cells.Vector(nameof(IterationRecord.Step)),
            Variables = names,
        };
        var step = record.Step ?? (last is { } before && before.Method == record.Method && before.Run == record.Run
            && before.Iteration + 1 == record.Iteration
            && before.X.Count == x.Count ? x - before.X : null);
        return record with
        {
            Step = step,
            StepNorm = cells.Number(nameof(IterationRecord.StepNorm)) ?? step?.Norm ?? 0,
            Problem = cells.Value(nameof(IterationRecord.Problem)) is { } problem ? FromGallery(PSObject.AsPSObject(problem), record)
                : null,
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
}
