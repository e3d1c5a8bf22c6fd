/** The editions that come with the project: what their files do not say of themselves (data/README.md). */
import type { EditionMeta } from './edition.ts';

const source = '统计用区划代码和城乡划分代码';

const edition = (editionOn: string, publishedOn: string): EditionMeta => ({ editionOn, publishedOn, source });

/** By SHA-256 (hex) of the unpacked text: a file is known by what it says, not by what it is called. */
const known: Readonly<Record<string, EditionMeta>> = {
  ac417d7a82b48112190a0858b2b347d8cb6db8d62157ffd4e17182da2d68635d: edition('2016-07-31', '2017-05-16'),
  '695845dd3a4fe3a2f7f2a406fcab638f29406c26b0e1dc20e0fac046186bbd3a': edition('2017-10-31', '2018-06-20'),
  b5b6237cc62d899606e0aa449d6c8efd4a380b0442e5b05831ed54dd73fd023f: edition('2018-10-31', '2019-01-31'),
  '39b0b51e5e7a436a2f7c9d6f010dc62565fe5382f11f5d4ca09f2801c70c16ce': edition('2019-10-31', '2020-02-25'),
  '36bf3e2456042063a2627324f533f3bbc7d0f07e7bca8d4edbb26cba727f8672': edition('2020-06-30', '2020-11-06'),
  '287e7adc5c92bc1b894649c6fffbf75a7bc2e688b618121885190cac4abec76c': edition('2021-10-31', '2021-12-30'),
  '4cab3b87e80f9e94cf0d18a0783686dea8c1d73dc288abb947ec07cb3a4573c1': edition('2022-10-31', '2022-12-29'),
  a7801cfcb0d78cfc2ad04390e2a0ad319ca9e29cc506562b05ebf7e37774c586: edition('2023-06-30', '2023-09-11'),
};

/** What is known of the file with this hash; undefined for one that did not come with the project. */
export const knownEdition = (sha256: string): EditionMeta | undefined => known[sha256];
