namespace PhysOpt.PowerShell.Binding;

/// <summary>Which columns of rows hold the components of x and y.</summary>
/// <remarks>
/// A record that was exported as it is has the components of x after the loss and before the norm of the gradient.
/// Otherwise they are looked for among all columns that no record has of its own: beside a column X those that say the
/// same, without it those that hold numbers in the first row.
/// </remarks>
internal sealed class RowColumns
{
    // of remote sessions and jobs
    static readonly string[] Foreign = ["PSComputerName", "RunspaceId", "PSShowComputerName", "PSSourceJobInstanceId"];
    readonly string[] all, candidates, ofY;
    readonly bool areCertain; // the candidates are the components, as it is a record with all its columns
    readonly int first;
    string[]? chosen;
    VariableNames? names;

    /// <summary>The columns of a row like others.</summary>
    internal RowColumns(RowCells cells)
    {
        first = cells.Count;
        all = [.. cells.Names];
        candidates = [.. all.Where(IsCandidate)];
        ofY = [.. all.Where(name => IsOf('Y', name)).OrderBy(Index)];
        string[] exported = [.. all.SkipWhile(name => !Is(name, nameof(IterationRecord.Loss))).Skip(1)
            .TakeWhile(name => IsCandidate(name) || IsOf('Y', name))];
        var next = Array.IndexOf(all, exported.LastOrDefault()) + 1;
        areCertain = exported.Any(IsCandidate) && next < all.Length && Is(all[next], nameof(IterationRecord.GradientNorm));
        if (areCertain) candidates = [.. exported.Where(IsCandidate)];
    }

    /// <summary>True for a row with the same columns.</summary>
    internal bool Fit(RowCells cells) => cells.Names.SequenceEqual(all);

    /// <summary>y of a row: of its column Y, or of Y0, Y1, ...; null where there is none.</summary>
    internal Vector? Y(RowCells cells)
    {
        if (cells.Vector(nameof(IterationRecord.Y)) is not { } y) return cells.Components(ofY);
        if (ofY.FirstOrDefault(name => Index(name) < y.Count && !cells.Says(name, y[Index(name)])) is { } wrong)
            throw cells.Contradiction(wrong, nameof(IterationRecord.Y), y[Index(wrong)]);
        return y;
    }

    /// <summary>x of a row and the names of its components, which are null for X0, X1, ....</summary>
    /// <param name="cells">The row.</param>
    /// <param name="warn">Is told where it is not clear which columns are variables; null for nobody.</param>
    /// <returns>Null where the row has no x.</returns>
    internal (Vector X, VariableNames? Names)? X(RowCells cells, Action<string>? warn)
    {
        if (cells.Vector(nameof(IterationRecord.X)) is { } x)
        {
            Match(cells, x);
            return (x, names);
        }

        if (chosen is null) Choose(Numeric(cells, warn));
        if (candidates.Except(chosen!).FirstOrDefault(cells.IsNumber) is { } late) throw cells.LateNumber(late, first);
        return cells.Components(chosen!) is { } components ? (components, names) : null;
    }

    /// <summary>The columns that say the same as X; what is there beside them was added.</summary>
    void Match(RowCells cells, Vector x)
    {
        if (chosen is not null && Says(chosen)) return;
        string[] standard = [.. candidates.Where(name => IsOf('X', name)).OrderBy(Index)];
        if (!AreStandard(standard) || standard.Length != x.Count) standard = [];
        if (Says(candidates)) Choose(candidates);
        else if (Says(standard)) Choose(standard);
        else if (Among() is { } found) Choose(found);
        else if (Expected() is { } expected)
        {
            var i = Enumerable.Range(0, x.Count).First(k => !cells.Says(expected[k], x[k]));
            throw cells.Contradiction(expected[i], nameof(IterationRecord.X), x[i]);
        }
        else
        {
            Choose(null);
            if (candidates.FirstOrDefault(name => IsOf('X', name) && Index(name) < x.Count && !x.Any(value => cells.Says(name, value)))
                is { } wrong) throw cells.Contradiction(wrong, nameof(IterationRecord.X), x[Index(wrong)]);
        }

        bool Says(string[] columns) => columns.Length == x.Count && !columns.Where((name, i) => !cells.Says(name, x[i])).Any();

        // one after the other, with added columns between them
        string[]? Among()
        {
            var found = new List<string>();
            foreach (var name in candidates)
            {
                if (found.Count < x.Count && cells.Says(name, x[found.Count])) found.Add(name);
            }

            return found.Count == x.Count ? [.. found] : null;
        }

        // what ought to say the same; as many columns as components may have been added too, if none of them does
        string[]? Expected() =>
            standard.Length > 0 ? standard
            : candidates.Length == x.Count
                && (areCertain || chosen is not null || candidates.Where((name, i) => cells.Says(name, x[i])).Any())
            ? candidates : null;
    }

    string[] Numeric(RowCells cells, Action<string>? warn)
    {
        string[] numeric = [.. candidates.Where(name => areCertain || IsOf('X', name) || cells.IsNumber(name))];
        string[] standard = [.. numeric.Where(name => IsOf('X', name)).OrderBy(Index)];
        if (!AreStandard(standard)) return numeric;
        if (standard.Length == numeric.Length) return standard;
        if (standard.Length > 0 && !areCertain)
        {
            warn?.Invoke($"The columns {string.Join(", ", numeric)} are taken as the variables. Keep the column X, which tells them from "
                + "others, or leave out what is no variable.");
        }

        return numeric;
    }

    void Choose(string[]? columns)
    {
        chosen = columns;
        names = columns is null or [] || AreStandard(columns) ? null : names?.SequenceEqual(columns) == true ? names : new(columns);
    }

    static bool IsCandidate(string name) => !ComponentColumns.IsReserved(name)
        && !Foreign.Contains(name, StringComparer.OrdinalIgnoreCase) && !IsOf('Y', name);

    /// <summary>True for X0, X1, ... without a gap; x1, x2 are names.</summary>
    static bool AreStandard(IEnumerable<string> columns) => !columns.Where((name, i) => !IsOf('X', name) || Index(name) != i).Any();

    static bool IsOf(char letter, string name) => ComponentColumns.IsStandard(name, out var found, out _) && found == letter;

    static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    static int Index(string name) => ComponentColumns.IsStandard(name, out _, out var index) ? index : 0;
}
