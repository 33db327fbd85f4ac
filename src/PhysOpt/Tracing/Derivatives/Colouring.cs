namespace PhysOpt.Tracing.Derivatives;

/// <summary>
/// Columns of a sparse matrix that can share one directional derivative get one colour. Greedy, in natural order, which is optimal
/// for bands.
/// Gebremedhin, Manne and Pothen (2005), "What color is your Jacobian? Graph coloring for computing derivatives", SIAM Review 47.
/// </summary>
internal static class Colouring
{
    /// <summary>About how many steps a colouring may take; beyond, the pattern is so dense that colours would not save much.</summary>
    const long Patience = 100_000_000;

    /// <summary>A colour for each column so that no row has two columns of one colour: each entry can be read off directly.</summary>
    /// <remarks>Partial distance-2 colouring of the bipartite graph, algorithm 3.1 there; Curtis, Powell and Reid (1974).</remarks>
    internal static int[] Columns(int[][] rows, int columns)
    {
        var work = 0L;
        foreach (var row in rows)
        {
            if (row.Length == columns) return [.. Enumerable.Range(0, columns)];
            work += (long)row.Length * row.Length;
        }

        if (work > Patience) return [.. Enumerable.Range(0, columns)];

        var rowsOf = Sparsity.Transpose(rows, columns);
        var colours = new int[columns];
        var forbidden = new Marks(columns);
        for (var j = 0; j < columns; j++)
        {
            forbidden.Clear();
            foreach (var i in rowsOf[j])
            {
                foreach (var k in rows[i])
                {
                    if (k >= j) break;
                    forbidden.Add(colours[k]);
                }
            }

            colours[j] = forbidden.Smallest();
        }

        return colours;
    }

    /// <summary>
    /// A colour for each column of a symmetric matrix with a full diagonal so that each entry or its mirror image stands alone in
    /// its row among
    /// the columns of its colour: no two neighbours of one colour, and no path of four nodes with two colours only (star colouring).
    /// </summary>
    /// <remarks>Algorithm 4.1 there.</remarks>
    /// <param name="rows">The pattern: symmetric, diagonal included.</param>
    internal static int[] Star(int[][] rows)
    {
        var n = rows.Length;
        long Reach(int[] row, Func<int, long> of) => row.Sum(of);
        long[] near = [.. rows.Select(row => Reach(row, w => rows[w].Length))];
        if (rows.Sum(row => Reach(row, w => near[w])) > Patience) return Columns(rows, n);

        var colours = new int[n];
        Array.Fill(colours, -1);
        var forbidden = new Marks(n);
        for (var v = 0; v < n; v++)
        {
            forbidden.Clear();
            foreach (var w in rows[v])
            {
                if (w == v) continue;
                if (colours[w] >= 0) forbidden.Add(colours[w]);
                foreach (var x in rows[w])
                {
                    if (x == v || x == w || colours[x] < 0) continue;
                    if (colours[w] < 0 || ClosesPath(rows[x], w, colours)) forbidden.Add(colours[x]);
                }
            }

            colours[v] = forbidden.Smallest();
        }

        return colours;
    }

    /// <summary>True where x has a neighbour y besides w of the colour of w: v, w, x, y would then be a path of two colours.</summary>
    static bool ClosesPath(int[] neighboursOfX, int w, int[] colours)
    {
        foreach (var y in neighboursOfX)
        {
            if (y != w && colours[y] == colours[w]) return true;
        }

        return false;
    }

    /// <summary>A set of colours that is emptied at no cost.</summary>
    sealed class Marks(int count)
    {
        readonly int[] marks = new int[count + 1];
        int now;

        internal void Clear() => now++;

        internal void Add(int colour) => marks[colour] = now;

        internal int Smallest()
        {
            var colour = 0;
            while (marks[colour] == now) colour++;
            return colour;
        }
    }
}
