namespace PhysOpt.LinearAlgebra;

/// <summary>The columns of a sparse matrix A, those first that share rows with the fewest others: a minimum degree order of A'A.</summary>
/// <remarks>
/// A'A is never formed: a row of A is a clique of its columns, and to eliminate a column is to merge the cliques that it belongs to into
/// one, the row of R. Degrees are bounded from above by what cliques have outside of the merged one. Amestoy, Davis, Duff (1996), "An
/// approximate minimum degree ordering algorithm", section 4.
/// </remarks>
internal sealed class MinimumDegree
{
    const long LargestFill = 1 << 22; // entries of R
    const long LargestWork = 300_000_000; // squares of the lengths of its rows: seconds

    readonly int n;
    readonly List<int[]?> cliques = []; // null once merged into another
    readonly List<int>[] cliquesOf; // of each column
    readonly List<int> seen = [], outside = []; // of each clique: when it was last met, and how many columns the merged one lacks
    readonly DegreeQueue queue;

    internal MinimumDegree(SparsePattern pattern)
    {
        n = pattern.ColumnCount;
        cliquesOf = new List<int>[n];
        for (var j = 0; j < n; j++) cliquesOf[j] = [];
        for (var i = 0; i < pattern.RowCount; i++) Add(pattern.Row(i).ToArray());
        queue = new(n);
        for (var j = 0; j < n; j++) queue.Put(j, cliquesOf[j].Sum(e => cliques[e]!.Length - 1));
    }

    /// <summary>The columns in order, and the columns of each row of R, its own first; null where R would be too large.</summary>
    internal (int[] Columns, List<int[]> Rows)? Order()
    {
        var (order, rows) = (new int[n], new List<int[]>(n));
        var (fill, work) = (0L, 0L);
        var marks = new int[n];
        Array.Fill(marks, -1);
        for (var k = 0; k < n; k++)
        {
            order[k] = queue.TakeLeast();
            marks[order[k]] = k;
            int[] row = [order[k], .. Merged(order[k], k, marks)];
            rows.Add(row);
            (fill, work) = (fill + row.Length, work + (long)row.Length * row.Length);
            if (fill > LargestFill || work > LargestWork) return null;
            Bound(row[1..], k);
        }

        return (order, rows);
    }

    /// <summary>The other columns of the cliques of a column, which they leave.</summary>
    List<int> Merged(int column, int now, int[] marks)
    {
        var merged = new List<int>();
        foreach (var e in cliquesOf[column])
        {
            foreach (var j in cliques[e] ?? [])
            {
                if (marks[j] == now) continue;
                marks[j] = now;
                merged.Add(j);
            }

            cliques[e] = null;
        }

        return merged;
    }

    /// <summary>Adds a clique that takes up those within it, and bounds the degrees of its columns.</summary>
    void Bound(int[] clique, int now)
    {
        foreach (var j in clique)
        {
            foreach (var e in cliquesOf[j])
            {
                if (cliques[e] is not { } other) continue;
                if (seen[e] != now) (seen[e], outside[e]) = (now, other.Length);
                outside[e]--;
            }
        }

        foreach (var j in clique)
        {
            cliquesOf[j].RemoveAll(e => cliques[e] is null || outside[e] == 0);
            queue.Put(j, clique.Length - 1 + cliquesOf[j].Sum(e => outside[e]));
        }

        Add(clique);
    }

    void Add(int[] clique)
    {
        foreach (var j in clique) cliquesOf[j].Add(cliques.Count);
        cliques.Add(clique);
        seen.Add(-1);
        outside.Add(0);
    }

    /// <summary>Columns by their degrees.</summary>
    sealed class DegreeQueue
    {
        readonly int[] head, next, previous, degrees;
        int least;

        internal DegreeQueue(int n)
        {
            (head, next, previous, degrees) = (new int[n], new int[n], new int[n], new int[n]);
            Array.Fill(head, -1);
            Array.Fill(degrees, -1);
        }

        internal void Put(int j, int degree)
        {
            Remove(j);
            degree = int.Min(degree, head.Length - 1);
            (degrees[j], previous[j], next[j]) = (degree, -1, head[degree]);
            if (head[degree] >= 0) previous[head[degree]] = j;
            head[degree] = j;
            least = int.Min(least, degree);
        }

        internal int TakeLeast()
        {
            while (head[least] < 0) least++;
            var j = head[least];
            Remove(j);
            return j;
        }

        void Remove(int j)
        {
            if (degrees[j] < 0) return;
            if (previous[j] >= 0) next[previous[j]] = next[j];
            else head[degrees[j]] = next[j];
            if (next[j] >= 0) previous[next[j]] = previous[j];
            degrees[j] = -1;
        }
    }
}
